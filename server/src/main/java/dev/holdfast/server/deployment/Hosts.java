package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Chunks;
import dev.holdfast.database.Database;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The hosts of all projects. */
public final class Hosts {
    private final Database database;
    private final Clock clock;
    private final HostTies ties;

    /** Does no I/O. Of a deployment alone. */
    public Hosts(Database database, Clock clock) {
        this(database, clock, HostTies.NONE);
    }

    /** Does no I/O. */
    public Hosts(Database database, Clock clock, HostTies ties) {
        this.database = database;
        this.clock = clock;
        this.ties = ties;
    }

    /** {@link #create(Handle, GroupId, NewHost)} in a transaction of its own. */
    public Host create(GroupId group, NewHost wanted) {
        return database.write(tx -> create(tx, group, wanted));
    }

    /**
     * Enters a host. Its id follows from project, host name and port.
     *
     * @throws Refusal GROUP_NOT_FOUND; CLUSTER_NOT_FOUND for a cluster that the project lacks; MISSING_ATTRIBUTE,
     *     INVALID_ATTRIBUTE or ATTRIBUTE_NEGATIVE_OR_ZERO for host name, port and configOrder, also when the address or
     *     the place in {@code --configdb} is taken
     */
    public Host create(Handle tx, GroupId group, NewHost wanted) {
        Names.checkHostname(wanted.hostname());
        Names.checkPort(wanted.port());
        if (GroupTable.find(tx, group).isEmpty()) {
            throw new Refusal(ErrorCode.GROUP_NOT_FOUND, group.hex());
        }
        if (wanted.clusterId() != null
                && ClusterTable.find(tx, group, wanted.clusterId()).isEmpty()) {
            throw new Refusal(ErrorCode.CLUSTER_NOT_FOUND, wanted.clusterId().hex(), group.hex());
        }
        Host host = new Host(
                HostId.of(group, wanted.hostname(), wanted.port()),
                group,
                wanted.clusterId(),
                wanted.hostname(),
                wanted.port(),
                wanted.type(),
                wanted.version(),
                wanted.replicaSetName(),
                wanted.shardName(),
                wanted.configOrder(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null);
        if (!HostTable.insert(tx, host)) {
            throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, "hostname")
                    .saying("Invalid attribute hostname specified: host " + host.address()
                            + ", or its place in --configdb, is already taken in group " + group + ".");
        }
        return host;
    }

    /**
     * Deletes a host.
     *
     * @throws Refusal HOST_NOT_FOUND; CANNOT_MODIFY_MANAGED_HOST once a snapshot was read from it
     */
    void delete(GroupId group, HostId id) {
        database.change(tx -> {
            // first the lock, then the question: else a part could begin in between
            if (!GroupTable.lock(tx, group) || HostTable.find(tx, group, id).isEmpty()) {
                throw new Refusal(ErrorCode.HOST_NOT_FOUND, id.hex(), group.hex());
            }
            ties.leaving(tx, group, id);
            HostTable.delete(tx, group, id);
        });
    }

    /** The host with that id, if it belongs to that project. */
    public Optional<Host> find(GroupId group, HostId id) {
        return database.read(handle -> HostTable.find(handle, group, id));
    }

    /** As {@link #find(GroupId, HostId)}, as the transaction sees it. */
    public Optional<Host> find(Handle tx, GroupId group, HostId id) {
        return HostTable.find(tx, group, id);
    }

    /**
     * The host that a path names.
     *
     * @param text the segment of the path
     * @throws Refusal HOST_NOT_FOUND, also for a malformed id: no published list has a code for those
     */
    public Host require(GroupId group, String text) {
        return HostId.parse(text)
                .flatMap(id -> find(group, id))
                .orElseThrow(() -> new Refusal(ErrorCode.HOST_NOT_FOUND, text, group.hex()));
    }

    /**
     * As {@link #require}, for the paths that only mirrored config servers (SCCC) have.
     *
     * @throws Refusal HOST_NOT_FOUND or NOT_CONFIG_SERVER
     */
    public Host requireMirroredConfigServer(GroupId group, String text) {
        Host host = require(group, text);
        if (!host.isMirroredConfigServer()) {
            throw new Refusal(ErrorCode.NOT_CONFIG_SERVER, host.id().hex());
        }
        return host;
    }

    /** The hosts of a project, by {@code hostname:port}. */
    public List<Host> list(GroupId group) {
        return database.read(handle -> list(handle, group));
    }

    /** As {@link #list(GroupId)}, as the transaction sees it. */
    public List<Host> list(Handle tx, GroupId group) {
        return byAddress(HostTable.ofGroup(tx, group));
    }

    /** The hosts of several projects, by {@code hostname:port}. */
    public List<Host> list(Handle tx, Collection<GroupId> groups) {
        return byAddress(Chunks.of(groups, some -> HostTable.ofGroups(tx, some)));
    }

    /** The hosts of a cluster, those of its members too, by {@code hostname:port}. */
    public List<Host> list(GroupId group, ClusterId cluster) {
        return database.read(handle -> byAddress(HostTable.ofCluster(handle, group, cluster)));
    }

    /** The mirrored config servers (SCCC) of a sharded cluster in the order of {@code --configdb}; none for a CSRS. */
    public List<Host> mirroredConfigServers(ClusterId sharded) {
        return database.read(handle -> mirroredConfigServers(handle, sharded));
    }

    /** As {@link #mirroredConfigServers(ClusterId)}, as the transaction sees it. */
    public List<Host> mirroredConfigServers(Handle tx, ClusterId sharded) {
        return HostTable.mirroredConfigServers(tx, sharded);
    }

    private static List<Host> byAddress(List<Host> hosts) {
        // sorted here, for the two databases collate differently
        return hosts.stream().sorted(Comparator.comparing(Host::address)).toList();
    }
}
