package dev.holdfast.server.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.agents.NewAssignment;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.schedule.Members.Member;
import dev.holdfast.server.schedule.SnapshotRun.Kind;
import dev.holdfast.server.schedule.SnapshotRun.State;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import dev.holdfast.server.snapshot.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Begins snapshots, gives their parts to agents, and ends them; the order is told in the package's story. */
public final class SnapshotRuns {
    private static final int ATTEMPTS = 5;

    private final Database database;
    private final ObjectIds ids;
    private final Clusters clusters;
    private final Members members;
    private final BackupConfigs configs;
    private final Snapshots snapshots;
    private final Agents agents;

    /** Does no I/O. */
    public SnapshotRuns(
            Database database,
            ObjectIds ids,
            Clusters clusters,
            Hosts hosts,
            BackupConfigs configs,
            Snapshots snapshots,
            Agents agents) {
        this.database = database;
        this.ids = ids;
        this.clusters = clusters;
        this.members = new Members(clusters, hosts);
        this.configs = configs;
        this.snapshots = snapshots;
        this.agents = agents;
    }

    /**
     * Begins the snapshot that is due, if there is one and no other of the cluster is being made. Of those that were
     * missed only the latest is taken.
     *
     * @return whether one was begun
     */
    boolean beginDue(BackupConfig config, Instant now) {
        Instant at = millis(now);
        return database.write(tx -> {
            Cluster cluster =
                    clusters.find(tx, config.group(), config.cluster()).orElse(null);
            // looked at again in here: it may have been stopped meanwhile
            if (cluster == null || configs.find(tx, cluster).status() != BackupStatus.STARTED) {
                return false;
            }
            SnapshotSchedule schedule = ScheduleTable.find(tx, config.group(), config.cluster());
            Instant due = new DueTimes(schedule).latest(at);
            boolean busy = !RunTable.running(tx, config.cluster()).isEmpty();
            if (busy || RunTable.exists(tx, config.cluster(), Kind.SCHEDULED, due)) {
                return false;
            }
            KeepClasses classes =
                    KeepClasses.of(schedule, due, (period, key) -> RunTable.taken(tx, config.cluster(), period, key));
            Instant until = at.plus(Duration.ofHours(schedule.intervalHours()));
            begin(tx, cluster, Kind.SCHEDULED, due, classes, classes.expires(schedule, at), until, at);
            return true;
        });
    }

    /**
     * Begins a snapshot because somebody asks for it.
     *
     * @throws Refusal UNFINISHED_ON_DEMAND_SNAPSHOT if another that was asked for is being made;
     *     CANNOT_GET_BACKUP_CONFIG_INVALID_STATE unless the backup is STARTED; CANNOT_MODIFY_SHARD_BACKUP_CONFIG for a
     *     member
     */
    SnapshotId beginNow(Cluster cluster, Duration life, Instant now) {
        Instant at = millis(now);
        return database.write(tx -> {
            BackupConfigs.requireOwner(cluster);
            clusters.hold(tx, cluster.groupId());
            BackupStatus status = configs.find(tx, cluster).status();
            if (status != BackupStatus.STARTED) {
                throw new Refusal(ErrorCode.CANNOT_GET_BACKUP_CONFIG_INVALID_STATE)
                        .saying("The backup of cluster " + cluster.id() + " is " + status + ". Start it first.");
            }
            boolean another = RunTable.running(tx, cluster.id()).stream().anyMatch(run -> run.kind() == Kind.ON_DEMAND);
            if (another || RunTable.exists(tx, cluster.id(), Kind.ON_DEMAND, at)) {
                throw new Refusal(ErrorCode.UNFINISHED_ON_DEMAND_SNAPSHOT);
            }
            KeepClasses none = new KeepClasses(null, null, null);
            return begin(tx, cluster, Kind.ON_DEMAND, at, none, at.plus(life), at.plus(Duration.ofDays(1)), at);
        });
    }

    private SnapshotId begin(
            Handle tx,
            Cluster cluster,
            Kind kind,
            Instant due,
            KeepClasses classes,
            Instant expires,
            Instant until,
            Instant now) {
        SnapshotId snapshot = snapshots.begin(tx, cluster, expires);
        SnapshotRun run = new SnapshotRun(
                ids.next(),
                cluster.groupId(),
                cluster.id(),
                kind,
                due,
                snapshot,
                State.RUNNING,
                classes,
                now,
                null,
                null,
                List.of());
        if (!RunTable.insert(tx, run)) {
            throw new IllegalStateException("cluster " + cluster.id() + " already has a run due at " + due);
        }
        Set<HostId> served = agents.served(tx, cluster.groupId());
        int position = 0;
        for (Member member : members.of(tx, cluster, configs.find(tx, cluster).syncSource())) {
            AssignmentId work = assign(tx, cluster, snapshot, member, served, until, now);
            RunTable.insertPart(tx, run.id(), position++, new SnapshotRun.Part(member.cluster(), work));
        }
        return snapshot;
    }

    private AssignmentId assign(
            Handle tx,
            Cluster cluster,
            SnapshotId snapshot,
            Member member,
            Set<HostId> served,
            Instant until,
            Instant now) {
        if (member.hosts().isEmpty()) {
            return null;
        }
        List<HostId> reached = member.hosts().stream().filter(served::contains).toList();
        ClusterId set = member.cluster();
        ObjectNode order = ApiJson.mapper()
                .valueToTree(new AgentWork.CaptureOrder(snapshot.hex(), set == null ? null : set.hex()));
        return agents.assign(
                tx,
                new NewAssignment(
                        cluster.groupId(),
                        AssignmentKind.CAPTURE,
                        // the agent of one that nobody serves now may come back in time
                        reached.isEmpty() ? member.hosts() : reached,
                        order,
                        now,
                        until,
                        ATTEMPTS));
    }

    /** Ends the runs whose parts are all there, or on whose parts nobody works any more; answers how many. */
    int endRuns(Instant now) {
        int ended = 0;
        for (SnapshotRun run : database.read(RunTable::running)) {
            agents.lapse(run.group());
            ended += database.write(tx -> end(tx, run.id(), millis(now))) ? 1 : 0;
        }
        return ended;
    }

    /** Cancels what is being made of a cluster. */
    void cancel(Handle tx, ClusterId cluster, String reason, Instant now) {
        for (SnapshotRun run : RunTable.running(tx, cluster)) {
            RunTable.find(tx, run.id(), "").ifPresent(whole -> abandon(tx, whole, reason, now));
        }
    }

    private boolean end(Handle tx, String id, Instant now) {
        SnapshotRun run = RunTable.find(tx, id, database.dialect().forUpdate())
                .filter(found -> found.state() == State.RUNNING)
                .orElse(null);
        if (run == null) {
            return false; // another node was faster
        }
        Optional<Snapshot> there =
                snapshots.find(tx, run.group(), run.snapshot()).filter(snapshot -> !snapshot.isGone(now));
        if (there.isEmpty()) {
            abandon(tx, run, "the snapshot was deleted while it was made", now);
            return true;
        }
        boolean working = false;
        List<String> reasons = new ArrayList<>();
        for (SnapshotRun.Part part : run.parts()) {
            Optional<Assignment> work =
                    part.assignment() == null ? Optional.empty() : agents.find(tx, run.group(), part.assignment());
            if (hasPart(there.get(), part)) {
                // an attempt whose agent died after the commit has nothing left to do
                work.filter(found -> found.heldUntil() == null)
                        .ifPresent(found -> agents.cancel(tx, run.group(), found.id(), "the part is there"));
            } else if (work.filter(found -> !found.state().isEnd()).isPresent()) {
                working = true;
            } else {
                reasons.add(who(part) + ": " + work.map(SnapshotRuns::why).orElse("no host of it is known"));
            }
        }
        if (working) {
            return false;
        }
        if (snapshots.commit(tx, there.get())) {
            RunTable.end(tx, id, State.DONE, null, now);
        } else {
            String why = reasons.isEmpty() ? "the cluster has got a member since" : String.join("; ", reasons);
            RunTable.end(tx, id, State.FAILED, why, now);
        }
        return true;
    }

    private void abandon(Handle tx, SnapshotRun run, String reason, Instant now) {
        for (SnapshotRun.Part part : run.parts()) {
            if (part.assignment() != null) {
                agents.cancel(tx, run.group(), part.assignment(), reason);
            }
        }
        RunTable.end(tx, run.id(), State.FAILED, reason, now);
    }

    private static boolean hasPart(Snapshot snapshot, SnapshotRun.Part part) {
        return part.cluster() == null
                ? snapshot.parts().stream().anyMatch(one -> one.clusterId() == null && one.isCommitted())
                : snapshot.partOf(part.cluster())
                        .filter(SnapshotPart::isCommitted)
                        .isPresent();
    }

    private static String who(SnapshotRun.Part part) {
        return part.cluster() == null ? "config server" : "cluster " + part.cluster();
    }

    private static String why(Assignment work) {
        return work.reason() == null ? "not captured (" + work.state() + ")" : work.reason();
    }

    private static Instant millis(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS);
    }
}
