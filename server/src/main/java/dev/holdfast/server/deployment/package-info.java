/**
 * What there is to be backed up: projects ({@code groups} in the API), their clusters and their hosts. Rows are
 * entered by {@code init}, {@code demo} and {@code POST /hosts}; nothing here talks to a mongod.
 *
 * <p>Three mirrored config servers (SCCC) are no cluster: they are hosts of type SHARD_CONFIG without a replica set
 * whose {@code clusterId} is the sharded cluster, in the order of {@code --configdb}. That is why snapshots and restore
 * jobs have host paths.
 *
 * <p>Each verb is one transaction, or takes part in the caller's. A crash before its commit leaves nothing of it; after
 * it there is nothing left to do. Rows are never deleted while snapshots need them.
 */
package dev.holdfast.server.deployment;
