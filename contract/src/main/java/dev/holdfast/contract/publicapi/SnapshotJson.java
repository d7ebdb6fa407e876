package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * A snapshot as a replica set, a whole sharded cluster, a shard, or a mirrored config server shows it. The id is the
 * same in every view.
 *
 * @param clusterId the cluster in the path; for a config server its sharded cluster
 * @param complete whether everything that this view needs is in it
 * @param created when it was begun
 * @param expires ISO 8601; null while {@code doNotDelete}
 * @param hostId the mirrored config server (SCCC) in the path, else null
 * @param isPossiblyInconsistent whether the balancer could not be stopped in time; for whole sharded clusters only
 * @param lastOplogAppliedTimestamp the newest oplog entry in the files; null until a part is committed
 * @param missingShards members without a part, normally none; for whole sharded clusters only
 * @param parts shards first, config servers last
 */
public record SnapshotJson(
        String clusterId,
        String clusterName,
        boolean complete,
        TimestampJson created,
        boolean doNotDelete,
        String expires,
        String groupId,
        String hostId,
        String id,
        Boolean isPossiblyInconsistent,
        TimestampJson lastOplogAppliedTimestamp,
        List<Link> links,
        List<ClusterJson> missingShards,
        NamespaceFilterJson namespaceFilterList,
        List<SnapshotPartJson> parts) {}
