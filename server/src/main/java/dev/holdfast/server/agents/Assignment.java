package dev.holdfast.server.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.time.Instant;

/**
 * Work that was given, as it stands.
 *
 * @param attempt how often it was leased
 * @param agent the name of who has it, or had it last; null if nobody did
 * @param host on which host; null if nobody had it
 * @param heldUntil when the lease ends; null unless LEASED
 * @param step what the agent is at, null if it did not say
 * @param done of {@code total} bytes
 * @param total 0 when not known
 * @param result what the agent answered; null unless DONE, or if it answered nothing
 * @param reason why the last attempt failed, or all; null if none did
 * @param ended when it came to its end, else null
 */
public record Assignment(
        AssignmentId id,
        GroupId group,
        AssignmentKind kind,
        AssignmentState state,
        ObjectNode payload,
        Instant created,
        int attempt,
        String agent,
        HostId host,
        Instant heldUntil,
        String step,
        long done,
        long total,
        ObjectNode result,
        String reason,
        Instant ended) {}
