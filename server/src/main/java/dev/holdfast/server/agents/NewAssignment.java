package dev.holdfast.server.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.time.Instant;
import java.util.List;

/**
 * Work to be given to an agent.
 *
 * @param hosts on which of these hosts it may be done, the best first; an agent that serves several gets the best
 * @param payload what to do, by {@code kind}; never a secret that the agent's key does not open anyway
 * @param notBefore no agent gets it before
 * @param notAfter when it is given up if nobody has done it; an attempt that is under way may end
 * @param maxAttempts after how many failed attempts it is given up, 1 or more
 */
public record NewAssignment(
        GroupId group,
        AssignmentKind kind,
        List<HostId> hosts,
        ObjectNode payload,
        Instant notBefore,
        Instant notAfter,
        int maxAttempts) {
    /** Refuses work for no host, and no attempt. */
    public NewAssignment {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty() || maxAttempts < 1) {
            throw new IllegalArgumentException("an assignment needs a host and an attempt");
        }
    }
}
