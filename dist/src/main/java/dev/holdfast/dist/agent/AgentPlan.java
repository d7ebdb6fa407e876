package dev.holdfast.dist.agent;

import dev.holdfast.agent.served.ServedHost;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an agent's file says.
 *
 * @param name null for the name of the machine
 * @param keyFile null for the environment
 * @param authorities null for Java's own
 * @param restores where a restore to a host goes, for those hosts that may be restored to
 */
public record AgentPlan(
        URI server,
        GroupId group,
        String name,
        Path keyFile,
        Path authorities,
        Path state,
        int threads,
        List<ServedHost> hosts,
        Map<HostId, Path> restores) {}
