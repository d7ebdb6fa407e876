package dev.holdfast.dist.agent;

import dev.holdfast.agent.served.ServedHost;
import dev.holdfast.contract.id.GroupId;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What an agent's file says.
 *
 * @param name null for the name of the machine
 * @param keyFile null for the environment
 * @param authorities null for Java's own
 */
public record AgentPlan(
        URI server,
        GroupId group,
        String name,
        Path keyFile,
        Path authorities,
        Path state,
        int threads,
        List<ServedHost> hosts) {}
