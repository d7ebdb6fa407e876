package dev.holdfast.server.schedule;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import java.util.List;

/**
 * The backup of a replica set or a whole sharded cluster.
 *
 * @param storageEngine MEMORY_MAPPED or WIRED_TIGER; null until somebody says
 * @param username null without credentials; a password is looked at and not kept, for nothing here signs in to a mongod
 * @param syncSource PRIMARY, SECONDARY or {@code hostname:port}: which host is captured first; null for a secondary
 * @param excluded namespaces to leave out
 * @param included the only namespaces to take; one of the two lists is empty
 */
record BackupConfig(
        GroupId group,
        ClusterId cluster,
        BackupStatus status,
        String storageEngine,
        AuthMechanism auth,
        String username,
        boolean ssl,
        boolean encryption,
        String syncSource,
        List<String> excluded,
        List<String> included) {
    /** What a cluster has of which nothing was ever said. */
    static BackupConfig of(GroupId group, ClusterId cluster) {
        return new BackupConfig(
                group,
                cluster,
                BackupStatus.INACTIVE,
                null,
                AuthMechanism.NONE,
                null,
                false,
                false,
                null,
                List.of(),
                List.of());
    }

    BackupConfig with(BackupStatus other) {
        return new BackupConfig(
                group, cluster, other, storageEngine, auth, username, ssl, encryption, syncSource, excluded, included);
    }
}
