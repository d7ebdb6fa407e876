package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * An agent of a project. Ours, beside the Public API.
 *
 * @param firstSeen ISO 8601
 * @param hosts those whose data directories it reaches
 * @param lastSeen ISO 8601
 * @param name unique in the project
 * @param silent whether it was not heard of for longer than it should be
 * @param silentSeconds since it was heard of
 * @param version of its program
 */
public record AgentJson(
        String firstSeen,
        List<HostRef> hosts,
        String lastSeen,
        String name,
        boolean silent,
        long silentSeconds,
        String version) {
    /**
     * A host.
     *
     * @param id its id
     * @param name {@code HOSTNAME:PORT}; absent when the project has no such host (any more)
     */
    public record HostRef(String id, String name) {}
}
