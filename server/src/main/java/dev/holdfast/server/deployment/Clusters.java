package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Chunks;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseTrouble;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The clusters of all projects: replica sets, shards, CSRS, whole sharded clusters. */
public final class Clusters {
    // documented: ascending by discovery. Sharded clusters come last, for scripts take results[0] and expect a set
    private static final Comparator<Cluster> LIST_ORDER = Comparator.comparing(
                    (Cluster cluster) -> cluster.type().isSharded())
            .thenComparing(Cluster::created)
            .thenComparing(cluster -> cluster.id().hex());

    private final Database database;
    private final Clock clock;
    private final ObjectIds ids;

    /** Does no I/O. */
    public Clusters(Database database, Clock clock, ObjectIds ids) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
    }

    /** {@link #create(Handle, GroupId, NewCluster)} in a transaction of its own. */
    public Cluster create(GroupId group, NewCluster wanted) {
        return database.write(tx -> create(tx, group, wanted));
    }

    /**
     * Enters a cluster.
     *
     * @throws Refusal GROUP_NOT_FOUND; CLUSTER_NOT_FOUND for the parent, NOT_SHARDED if it is no sharded cluster;
     *     INVALID_ATTRIBUTE for a name that is malformed or taken
     */
    public Cluster create(Handle tx, GroupId group, NewCluster wanted) {
        if (GroupTable.find(tx, group).isEmpty()) {
            throw new Refusal(ErrorCode.GROUP_NOT_FOUND, group.hex());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Cluster cluster = new Cluster(
                new ClusterId(ids.next()),
                group,
                wanted.type(),
                nameOf(tx, group, wanted),
                wanted.replicaSetName() == null ? null : Names.check("replicaSetName", wanted.replicaSetName()),
                wanted.shardName() == null ? null : Names.check("shardName", wanted.shardName()),
                wanted.parent(),
                now,
                now);
        if (!ClusterTable.insert(tx, cluster)) {
            String attribute = wanted.parent() == null ? "clusterName" : "shardName";
            throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, attribute)
                    .saying("Invalid attribute " + attribute + " specified: group " + group
                            + " already has such a cluster.");
        }
        return cluster;
    }

    /**
     * Renames a sharded cluster, and its members with it.
     *
     * @throws Refusal CLUSTER_NOT_FOUND, INVALID_ATTRIBUTE for a name that is malformed or taken
     */
    Cluster rename(GroupId group, ClusterId id, String name) {
        Names.check("clusterName", name);
        try {
            return database.write(tx -> {
                ClusterTable.rename(tx, group, id, name);
                return ClusterTable.find(tx, group, id)
                        .orElseThrow(() -> new Refusal(ErrorCode.CLUSTER_NOT_FOUND, id.hex(), group.hex()));
            });
        } catch (DatabaseTrouble e) {
            if (database.isUniqueViolation(e)) {
                throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, "clusterName")
                        .saying("Invalid attribute clusterName specified: group " + group
                                + " already has such a cluster.");
            }
            throw e;
        }
    }

    /**
     * Keeps a project with its clusters from being deleted until the transaction ends: for whoever enters what needs
     * them.
     *
     * @throws Refusal GROUP_NOT_FOUND
     */
    public void hold(Handle tx, GroupId group) {
        if (!GroupTable.lock(tx, group)) {
            throw new Refusal(ErrorCode.GROUP_NOT_FOUND, group.hex());
        }
    }

    /** The cluster with that id, if it belongs to that project. */
    public Optional<Cluster> find(GroupId group, ClusterId id) {
        return database.read(handle -> ClusterTable.find(handle, group, id));
    }

    /** As {@link #find(GroupId, ClusterId)}, as the transaction sees it. */
    public Optional<Cluster> find(Handle tx, GroupId group, ClusterId id) {
        return ClusterTable.find(tx, group, id);
    }

    /** The cluster of that name that is no member of another. */
    public Optional<Cluster> findByName(GroupId group, String clusterName) {
        return database.read(handle -> ClusterTable.findByName(handle, group, clusterName));
    }

    /** As {@link #findByName(GroupId, String)}, as the transaction sees it. */
    public Optional<Cluster> findByName(Handle tx, GroupId group, String clusterName) {
        return ClusterTable.findByName(tx, group, clusterName);
    }

    /**
     * The cluster that a path names.
     *
     * @param text the segment of the path
     * @throws Refusal INVALID_CLUSTER_ID or CLUSTER_NOT_FOUND
     */
    public Cluster require(GroupId group, String text) {
        ClusterId id = ClusterId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_CLUSTER_ID, text));
        return find(group, id).orElseThrow(() -> new Refusal(ErrorCode.CLUSTER_NOT_FOUND, id.hex(), group.hex()));
    }

    /** The clusters of a project: replica sets before sharded clusters, then by their discovery. */
    public List<Cluster> list(GroupId group) {
        return database.read(handle -> list(handle, group));
    }

    /** As {@link #list(GroupId)}, as the transaction sees it. */
    public List<Cluster> list(Handle tx, GroupId group) {
        return ClusterTable.ofGroup(tx, group).stream().sorted(LIST_ORDER).toList();
    }

    /** The clusters of several projects, in the order of {@link #list(GroupId)}. */
    public List<Cluster> list(Handle tx, Collection<GroupId> groups) {
        return Chunks.of(groups, some -> ClusterTable.ofGroups(tx, some)).stream()
                .sorted(LIST_ORDER)
                .toList();
    }

    /** The shards of a sharded cluster by their discovery, then its CSRS if it has one. */
    public List<Cluster> members(ClusterId sharded) {
        return database.read(handle -> members(handle, sharded));
    }

    /** As {@link #members(ClusterId)}, as the transaction sees it. */
    public List<Cluster> members(Handle tx, ClusterId sharded) {
        return ClusterTable.ofParent(tx, sharded).stream()
                .sorted(Comparator.comparing(
                                (Cluster cluster) -> cluster.type() == ClusterType.CONFIG_SERVER_REPLICA_SET)
                        .thenComparing(LIST_ORDER))
                .toList();
    }

    private static String nameOf(Handle tx, GroupId group, NewCluster wanted) {
        if (wanted.parent() == null) {
            return Names.check("clusterName", wanted.clusterName());
        }
        Cluster parent = ClusterTable.find(tx, group, wanted.parent())
                .orElseThrow(() ->
                        new Refusal(ErrorCode.CLUSTER_NOT_FOUND, wanted.parent().hex(), group.hex()));
        if (!parent.type().isSharded()) {
            throw new Refusal(ErrorCode.NOT_SHARDED);
        }
        return parent.clusterName();
    }
}
