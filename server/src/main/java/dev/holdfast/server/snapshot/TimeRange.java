package dev.holdfast.server.snapshot;

/**
 * A stretch of time that can be restored. Without a stored oplog it is one point: the newest entry in the snapshot.
 *
 * @param snapshot what is restored
 * @param point first and last moment
 * @param shards shards of the cluster in that snapshot; null for a replica set
 */
record TimeRange(Snapshot snapshot, Moment point, Integer shards) {}
