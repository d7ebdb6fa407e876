package dev.holdfast.contract.publicapi;

/**
 * One part of a snapshot. The sizes are numbers, 0 until the part is committed; a backup of files sees no documents, so
 * all three say how many bytes the data files have.
 *
 * @param clusterId the replica set; null for a mirrored config server (SCCC)
 * @param compressionSetting {@code GZIP}; null for a mirrored config server
 * @param hostId the mirrored config server, else null
 * @param masterKeyUUID KMIP id of mongod's master key; null unless encrypted
 * @param mongodVersion null when unknown
 * @param replicaSetName null for a mirrored config server
 * @param typeName {@code REPLICA_SET}, {@code CONFIG_SERVER_REPLICA_SET} or {@code CONFIG_SERVER}
 */
public record SnapshotPartJson(
        String clusterId,
        String compressionSetting,
        long dataSizeBytes,
        boolean encryptionEnabled,
        long fileSizeBytes,
        String hostId,
        String masterKeyUUID,
        String mongodVersion,
        String replicaSetName,
        long storageSizeBytes,
        String typeName) {}
