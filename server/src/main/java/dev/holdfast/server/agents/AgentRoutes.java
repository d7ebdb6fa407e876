package dev.holdfast.server.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Agents ask for work and report on it; the conversation is told in the story of {@link dev.holdfast.contract.agentapi}. */
public final class AgentRoutes implements Routes {
    private static final String GROUP = AgentApi.BASE + "/groups/{groupId}";
    private static final String ONE = GROUP + "/assignments/{assignmentId}";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1," + AgentWork.MAX_NAME + "}");

    private final Agents agents;

    /** Does no I/O. */
    public AgentRoutes(Agents agents) {
        this.agents = agents;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("POST", GROUP + "/agents/poll", Need.AGENT, this::poll);
        table.add("POST", ONE + "/progress", Need.AGENT, this::progress);
        table.add("POST", ONE + "/done", Need.AGENT, this::done);
        table.add("POST", ONE + "/fail", Need.AGENT, this::fail);
    }

    private Answer poll(Call call) {
        JsonFields body = JsonFields.of(call);
        String agent = name(body, "agent");
        String instance = name(body, "instance");
        String version = name(body, "version");
        List<HostId> hosts = hosts(body);
        List<AssignmentKind> kinds = kinds(body);
        body.refuseUnknown();
        agents.heard(call.group(), agent, instance, version, hosts);
        Optional<Assignment> work = agents.take(call.group(), agent, instance, hosts, kinds);
        return Answer.ok(new AgentWork.Polled(
                work.map(this::assigned).orElse(null), agents.settings().poll().toSeconds()));
    }

    private AgentWork.Assigned assigned(Assignment work) {
        return new AgentWork.Assigned(
                work.id().hex(),
                work.attempt(),
                work.kind(),
                work.host().hex(),
                agents.settings().lease().toSeconds(),
                work.payload());
    }

    private Answer progress(Call call) {
        AssignmentId id = assignmentId(call);
        JsonFields body = JsonFields.of(call);
        int attempt = attempt(body);
        String step = cut(body.requiredText("step"), AgentWork.MAX_NAME);
        Long done = body.notNegativeNumber("done");
        Long total = body.notNegativeNumber("total");
        body.refuseUnknown();
        agents.progress(call.group(), id, attempt, step, done == null ? 0 : done, total == null ? 0 : total);
        return Answer.ok(new AgentWork.Held(agents.settings().lease().toSeconds()));
    }

    private Answer done(Call call) {
        AssignmentId id = assignmentId(call);
        ObjectNode whole = call.body();
        JsonFields body = JsonFields.of(whole);
        int attempt = attempt(body);
        ObjectNode result = body.has("result") && whole.get("result") instanceof ObjectNode given ? given : null;
        if (result == null && body.has("result")) {
            throw body.refusal(ErrorCode.INVALID_JSON_ATTRIBUTE, "result");
        }
        body.refuseUnknown();
        agents.done(call.group(), id, attempt, result);
        return Answer.empty(204);
    }

    private Answer fail(Call call) {
        AssignmentId id = assignmentId(call);
        JsonFields body = JsonFields.of(call);
        int attempt = attempt(body);
        String reason = cut(body.requiredText("reason"), AgentWork.MAX_REASON);
        Boolean again = body.required("again", body.flag("again"));
        body.refuseUnknown();
        agents.failed(call.group(), id, attempt, reason, again);
        return Answer.empty(204);
    }

    private static String name(JsonFields body, String attribute) {
        String text = body.requiredText(attribute);
        if (!NAME.matcher(text).matches()) {
            throw body.refusal(ErrorCode.INVALID_ATTRIBUTE, attribute);
        }
        return text;
    }

    private static List<HostId> hosts(JsonFields body) {
        List<String> texts = body.required("hosts", body.texts("hosts"));
        if (texts.size() > AgentWork.MAX_HOSTS) {
            throw body.refusal(ErrorCode.INVALID_ATTRIBUTE, "hosts");
        }
        List<HostId> hosts = new ArrayList<>();
        for (String text : texts) {
            hosts.add(HostId.parse(text).orElseThrow(() -> body.refusal(ErrorCode.INVALID_ATTRIBUTE, "hosts")));
        }
        return hosts;
    }

    /** What a newer agent can do beyond what we know of is nothing that we would ask for. */
    private static List<AssignmentKind> kinds(JsonFields body) {
        List<String> texts = body.required("kinds", body.texts("kinds"));
        return List.of(AssignmentKind.values()).stream()
                .filter(kind -> texts.contains(kind.name()))
                .toList();
    }

    private static int attempt(JsonFields body) {
        Long attempt = body.required("attempt", body.positiveNumber("attempt"));
        if (attempt > Integer.MAX_VALUE) {
            throw body.refusal(ErrorCode.INVALID_ATTRIBUTE, "attempt");
        }
        return attempt.intValue();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static AssignmentId assignmentId(Call call) {
        String text = call.pathParameter("assignmentId");
        return AssignmentId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, call.path()));
    }
}
