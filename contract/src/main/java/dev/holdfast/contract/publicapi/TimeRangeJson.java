package dev.holdfast.contract.publicapi;

/**
 * A stretch of time, each point of which can be restored from one snapshot.
 *
 * @param configServerType {@code DEDICATED}: no shard is the config server too; null for a replica set
 * @param end the last point; {@code start} when no oplog is stored
 * @param shardCount null for a replica set
 * @param snapshotId the snapshot that is restored
 * @param start the first point
 */
public record TimeRangeJson(
        String configServerType, TimestampJson end, Integer shardCount, String snapshotId, TimestampJson start) {}
