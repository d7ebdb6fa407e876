package dev.holdfast.dist.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.deployment.NewCluster;
import dev.holdfast.server.deployment.NewHost;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * Enters what a {@link DeploymentPlan} names and is not there yet. Nothing is changed or removed, so the same plan may be
 * entered again, and a longer one adds to what an earlier one made.
 */
public final class Enrolment {
    private final Groups groups;
    private final Clusters clusters;
    private final Hosts hosts;

    /** Enters through these doors. */
    public Enrolment(Groups groups, Clusters clusters, Hosts hosts) {
        this.groups = groups;
        this.clusters = clusters;
        this.hosts = hosts;
    }

    /** Enters all of the plan in the transaction {@code tx}; the project is made when it is not there. */
    public Group enter(Handle tx, DeploymentPlan plan) {
        Group group = groups.findByName(tx, plan.project()).orElseGet(() -> groups.create(tx, plan.project()));
        for (DeploymentPlan.ReplicaSet set : plan.replicaSets()) {
            Cluster cluster = clusters.findByName(tx, group.id(), set.name())
                    .orElseGet(() -> clusters.create(tx, group.id(), NewCluster.replicaSet(set.name())));
            members(tx, group.id(), cluster, set, HostType.REPLICA_PRIMARY, HostType.REPLICA_SECONDARY);
        }
        for (DeploymentPlan.ShardedCluster sharded : plan.shardedClusters()) {
            enter(tx, group.id(), sharded);
        }
        return group;
    }

    private void enter(Handle tx, GroupId group, DeploymentPlan.ShardedCluster sharded) {
        Cluster parent = clusters.findByName(tx, group, sharded.name())
                .orElseGet(() -> clusters.create(tx, group, NewCluster.sharded(sharded.name())));
        for (DeploymentPlan.ReplicaSet shard : sharded.shards()) {
            Cluster cluster = member(tx, parent, shard.shard(), shard.name());
            if (cluster == null) {
                cluster = clusters.create(tx, group, NewCluster.shard(parent.id(), shard.shard(), shard.name()));
            }
            members(tx, group, cluster, shard, HostType.SHARD_PRIMARY, HostType.SHARD_SECONDARY);
        }
        DeploymentPlan.ReplicaSet csrs = sharded.configReplicaSet();
        if (csrs != null) {
            Cluster cluster = member(tx, parent, null, csrs.name());
            if (cluster == null) {
                cluster = clusters.create(tx, group, NewCluster.configReplicaSet(parent.id(), csrs.name()));
            }
            members(tx, group, cluster, csrs, HostType.SHARD_CONFIG, HostType.SHARD_CONFIG);
        }
        List<DeploymentPlan.Address> mirrors = sharded.mirroredConfigServers();
        for (int i = 0; i < mirrors.size(); i++) {
            DeploymentPlan.Address at = mirrors.get(i);
            add(tx, group, NewHost.mirroredConfigServer(parent.id(), i, at.hostname(), at.port(), sharded.version()));
        }
    }

    private Cluster member(Handle tx, Cluster parent, String shardName, String replicaSetName) {
        return clusters.members(tx, parent.id()).stream()
                .filter(cluster -> Objects.equals(cluster.shardName(), shardName)
                        && cluster.replicaSetName().equals(replicaSetName))
                .findFirst()
                .orElse(null);
    }

    private void members(
            Handle tx,
            GroupId group,
            Cluster cluster,
            DeploymentPlan.ReplicaSet set,
            HostType primary,
            HostType secondary) {
        HostType type = primary;
        for (DeploymentPlan.Address at : set.members()) {
            add(tx, group, NewHost.member(cluster, type, at.hostname(), at.port(), set.version()));
            type = secondary;
        }
    }

    private void add(Handle tx, GroupId group, NewHost host) {
        boolean there = hosts.list(tx, group).stream()
                .anyMatch(known -> known.hostname().equals(host.hostname()) && known.port() == host.port());
        if (!there) {
            hosts.create(tx, group, host);
        }
    }
}
