package dev.holdfast.contract.agentapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * JSON bodies of the conversation in which an agent asks for work and reports on it; its paths and rules are told in the
 * package's story.
 */
public final class AgentWork {
    /** Most hosts that one agent serves. */
    public static final int MAX_HOSTS = 1000;

    /** Most characters of an agent's name, its instance and its version. */
    public static final int MAX_NAME = 128;

    /** Most characters of a reason; a longer one is cut. */
    public static final int MAX_REASON = 2000;

    private AgentWork() {}

    /**
     * An agent says that it lives and asks for work.
     *
     * @param agent its name, unique in the project and the same after a restart: letters, digits, {@code ._:-}
     * @param instance another one for each start of the program, in the same letters; what an earlier instance of the
     *     same name held is given out again at once
     * @param version of the program
     * @param hosts ids of the hosts whose data directories it can reach
     * @param kinds what it can do
     */
    public record Poll(String agent, String instance, String version, List<String> hosts, List<AssignmentKind> kinds) {}

    /**
     * The answer.
     *
     * @param assignment what to do now; null for nothing
     * @param pollSeconds when to ask again
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Polled(Assigned assignment, long pollSeconds) {}

    /**
     * Work, leased to the one who asked.
     *
     * @param assignmentId its id, which stands in the paths that follow
     * @param attempt from 1; every report bears it, and one with an older attempt is refused
     * @param hostId which of the agent's hosts
     * @param leaseSeconds without a report in this time the work is given to another
     * @param payload what to do, by {@code kind}
     */
    public record Assigned(
            String assignmentId,
            int attempt,
            AssignmentKind kind,
            String hostId,
            long leaseSeconds,
            ObjectNode payload) {}

    /**
     * How far the work is.
     *
     * @param step in a word or two
     * @param done of {@code total}, in bytes
     * @param total 0 when not known
     */
    public record Progress(int attempt, String step, long done, long total) {}

    /** The lease goes on for so long from now. */
    public record Held(long leaseSeconds) {}

    /**
     * The work is done.
     *
     * @param result by kind; null for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Done(int attempt, ObjectNode result) {}

    /**
     * The work failed.
     *
     * @param reason for people: what, then a hint; never a secret
     * @param again whether another attempt may succeed
     */
    public record Failed(int attempt, String reason, boolean again) {}

    /**
     * The payload of a CAPTURE.
     *
     * @param snapshotId the snapshot that the part goes into
     * @param clusterId the replica set that the host is a member of; null for a mirrored config server, whose part is
     *     its own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CaptureOrder(String snapshotId, String clusterId) {}
}
