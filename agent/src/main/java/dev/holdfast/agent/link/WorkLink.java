package dev.holdfast.agent.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ApiJson;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Asks for work and reports on it, as methods. Safe for several threads. */
public final class WorkLink {
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final Exchange exchange;
    private final String base;

    /**
     * A link to a server; nothing is sent yet.
     *
     * @param server scheme, host, port, perhaps the start of a path
     * @param group the project that {@code key} is of
     * @param tls whom to trust; null for the authorities that come with Java
     */
    public WorkLink(URI server, GroupId group, AgentKey key, SSLContext tls, RetryPolicy policy, Pause pause) {
        this.exchange = new Exchange(key, tls, policy, pause);
        String prefix = server.toString();
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        this.base = prefix + AgentApi.BASE + "/groups/" + group + "/";
    }

    /** Asks for work. */
    public AgentWork.Polled poll(AgentWork.Poll poll) throws InterruptedException {
        Reply reply = send("give work", "agents/poll", poll);
        if (reply.status() != 200) {
            throw reply.refusal();
        }
        return reply.document(AgentWork.Polled.class);
    }

    /**
     * Tells how far it is.
     *
     * @throws WorkLost if the attempt is over
     */
    public AgentWork.Held progress(AgentWork.Assigned work, String step, long done, long total)
            throws InterruptedException {
        AgentWork.Progress progress = new AgentWork.Progress(work.attempt(), step, done, total);
        Reply reply = ofWork(send("take a report", path(work, "progress"), progress), 200);
        return reply.document(AgentWork.Held.class);
    }

    /**
     * Tells that it is done.
     *
     * @param result null for none
     * @throws WorkLost if the attempt is over
     */
    public void done(AgentWork.Assigned work, ObjectNode result) throws InterruptedException {
        ofWork(send("take a report", path(work, "done"), new AgentWork.Done(work.attempt(), result)), 204);
    }

    /**
     * Tells that it failed.
     *
     * @param again whether another attempt may succeed
     * @throws WorkLost if the attempt is over
     */
    public void failed(AgentWork.Assigned work, String reason, boolean again) throws InterruptedException {
        AgentWork.Failed failed = new AgentWork.Failed(work.attempt(), reason, again);
        ofWork(send("take a report", path(work, "fail"), failed), 204);
    }

    private static String path(AgentWork.Assigned work, String verb) {
        return "assignments/" + work.assignmentId() + "/" + verb;
    }

    private Reply send(String what, String path, Object document) throws InterruptedException {
        Exchange.Body body =
                new Exchange.Body("application/json", BodyPublishers.ofByteArray(ApiJson.write(document, false)));
        return exchange.send(what, "POST", URI.create(base + path), body, SHORT);
    }

    private static Reply ofWork(Reply reply, int status) {
        if (reply.status() == 404 && !reply.detail().isEmpty()) {
            throw new WorkLost(reply.detail());
        }
        if (reply.status() != status) {
            throw reply.refusal();
        }
        return reply;
    }
}
