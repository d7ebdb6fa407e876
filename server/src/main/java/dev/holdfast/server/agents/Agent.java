package dev.holdfast.server.agents;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.time.Instant;
import java.util.List;

/**
 * An agent that has asked for work.
 *
 * @param name unique in the project
 * @param instance another one for each start of its program
 * @param hosts whose data directories it reaches
 */
public record Agent(
        GroupId group,
        String name,
        String instance,
        String version,
        List<HostId> hosts,
        Instant firstSeen,
        Instant lastSeen) {}
