package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * A host. Booleans and numbers of which nothing is known are false and 0, never left out: clients read them without
 * asking whether they are there. Old and new names of a field stand side by side ({@code slaveDelaySec},
 * {@code secondaryDelaySecs}).
 *
 * @param clusterId absent when unknown
 * @param created ISO 8601, as the other times
 * @param replicaStateName state within its replica set, absent without one
 * @param version absent when unknown
 */
public record HostJson(
        boolean alertsEnabled,
        List<String> aliases,
        String authMechanismName,
        String clusterId,
        String created,
        boolean deactivated,
        String groupId,
        boolean hasStartupWarnings,
        boolean hidden,
        boolean hiddenSecondary,
        boolean hostEnabled,
        String hostname,
        String id,
        String ipAddress,
        boolean journalingEnabled,
        long lastDataSizeBytes,
        long lastIndexSizeBytes,
        String lastPing,
        String lastRestart,
        List<Link> links,
        boolean logsEnabled,
        boolean lowUlimit,
        boolean muninEnabled,
        int muninPort,
        int port,
        boolean profilerEnabled,
        String replicaSetName,
        String replicaStateName,
        long secondaryDelaySecs,
        String shardName,
        long slaveDelaySec,
        boolean sslEnabled,
        SystemInfo systemInfo,
        String typeName,
        long uptimeMsec,
        String username,
        String version) {

    /** The machine; 0 when unknown. */
    public record SystemInfo(long memSizeMB, int numCores) {}
}
