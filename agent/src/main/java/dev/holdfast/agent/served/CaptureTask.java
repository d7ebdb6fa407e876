package dev.holdfast.agent.served;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.agent.Capture;
import dev.holdfast.agent.CaptureProgress;
import dev.holdfast.agent.CaptureResult;
import dev.holdfast.agent.CaptureSettings;
import dev.holdfast.agent.freeze.Freezer;
import dev.holdfast.agent.link.Pause;
import dev.holdfast.agent.work.Notices;
import dev.holdfast.agent.work.Task;
import dev.holdfast.agent.work.TaskFailed;
import dev.holdfast.agent.work.TaskProgress;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ApiJson;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Captures the data directory of one of its hosts into the snapshot that the order names. */
public final class CaptureTask implements Task {
    private final Capture capture;
    private final CaptureSettings.Server server;
    private final int threads;
    private final Map<HostId, ServedHost> hosts;
    private final Path state;
    private final Pause pause;
    private final Notices notices;

    /**
     * Does no I/O.
     *
     * @param threads that hash and encode
     * @param state directory for marks of what is frozen; it must exist
     */
    public CaptureTask(
            Capture capture,
            CaptureSettings.Server server,
            int threads,
            Collection<ServedHost> hosts,
            Path state,
            Pause pause,
            Notices notices) {
        this.capture = capture;
        this.server = server;
        this.threads = threads;
        this.hosts = hosts.stream().collect(Collectors.toUnmodifiableMap(ServedHost::id, Function.identity()));
        this.state = state;
        this.pause = pause;
        this.notices = notices;
    }

    /**
     * Lets go what an agent that died had frozen. Call it before the first work.
     *
     * @throws dev.holdfast.agent.trouble.CaptureFailed if that does not succeed
     */
    public void recover() {
        for (ServedHost host : hosts.values()) {
            if (freezer(host, Map.of()).recover()) {
                notices.say("host " + host.id() + " was frozen when the agent ended last; it is let go");
            }
        }
    }

    @Override
    public ObjectNode run(AgentWork.Assigned work, TaskProgress progress) throws InterruptedException {
        ServedHost host = HostId.parse(work.hostId()).map(hosts::get).orElse(null);
        if (host == null) {
            throw new TaskFailed(
                    "this agent does not serve host " + work.hostId() + "\nHINT: was its configuration changed?", true);
        }
        AgentWork.CaptureOrder order = order(work);
        CaptureSettings settings = settings(host, order);
        Map<String, String> told = Map.of(
                "HOLDFAST_HOST", host.id().hex(),
                "HOLDFAST_DBPATH", host.directory().toString(),
                "HOLDFAST_SNAPSHOT", order.snapshotId());
        progress.at("freezing", 0, 0);
        CaptureResult result = freezer(host, told).around(() -> {
            CaptureResult made = capture.run(settings, told(progress));
            if (Thread.interrupted()) {
                throw new InterruptedException("the work was ended");
            }
            return made;
        });
        result.warnings().forEach(notices::say);
        return ApiJson.mapper()
                .createObjectNode()
                .put("partId", result.part().hex())
                .put("complete", result.complete());
    }

    private CaptureSettings settings(ServedHost host, AgentWork.CaptureOrder order) {
        ClusterId cluster = order.clusterId() == null
                ? null
                : ClusterId.parse(order.clusterId()).orElseThrow(() -> malformed("cluster"));
        return new CaptureSettings(
                server,
                new CaptureSettings.Source(
                        host.directory(), host.frozen() || !host.commands().isEmpty(), host.follow()),
                new CaptureSettings.JoinSnapshot(
                        SnapshotId.parse(order.snapshotId()).orElseThrow(() -> malformed("snapshot"))),
                new CaptureSettings.Part(
                        cluster,
                        cluster == null ? host.id() : null,
                        null,
                        1,
                        host.storageEngine(),
                        host.mongodOptions(),
                        host.masterKeyUuid() != null,
                        host.masterKeyUuid()),
                true,
                threads);
    }

    private Freezer freezer(ServedHost host, Map<String, String> environment) {
        return new Freezer(host.id(), host.commands(), state, environment, pause);
    }

    private static CaptureProgress told(TaskProgress progress) {
        return at -> progress.at(at.step().name().toLowerCase(Locale.ROOT), at.readBytes(), at.bytesInAll());
    }

    private static AgentWork.CaptureOrder order(AgentWork.Assigned work) {
        try {
            // a newer server may say more than this agent knows
            return ApiJson.mapper()
                    .reader()
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .treeToValue(work.payload(), AgentWork.CaptureOrder.class);
        } catch (JsonProcessingException e) {
            throw malformed("order");
        }
    }

    private static TaskFailed malformed(String what) {
        return new TaskFailed(
                "the order to capture has a malformed " + what
                        + "\nHINT: agent and server may be of different versions",
                false);
    }
}
