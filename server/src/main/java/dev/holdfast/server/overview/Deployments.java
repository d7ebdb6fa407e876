package dev.holdfast.server.overview;

import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.OverviewJson.DeploymentJson;
import dev.holdfast.contract.publicapi.OverviewJson.FailedJson;
import dev.holdfast.contract.publicapi.OverviewJson.LastSnapshotJson;
import dev.holdfast.contract.publicapi.OverviewJson.MemberJson;
import dev.holdfast.contract.publicapi.OverviewJson.MirrorJson;
import dev.holdfast.contract.publicapi.OverviewJson.PlanJson;
import dev.holdfast.contract.publicapi.OverviewJson.RunningJson;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.HostType;
import dev.holdfast.server.schedule.Plan;
import dev.holdfast.server.schedule.SeenRun;
import dev.holdfast.server.snapshot.KeptSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The deployments of a project as the overview shows them. */
final class Deployments {
    /** Hosts that have no data of their own to lose. */
    private static final Set<HostType> WITHOUT_DATA = Set.of(HostType.SHARD_MONGOS, HostType.REPLICA_ARBITER);

    private final Facts facts;
    private final Instant now;

    Deployments(Facts facts, Instant now) {
        this.facts = facts;
        this.now = now;
    }

    /** Clusters in the order of lists, then hosts that belong to none. */
    List<DeploymentJson> of(Group group) {
        List<DeploymentJson> all = new ArrayList<>();
        for (Cluster cluster : facts.clustersOf(group)) {
            if (cluster.parent() == null) {
                all.add(of(group, cluster));
            }
        }
        for (Host host : facts.hostsOf(group)) {
            if (host.clusterId() == null && !WITHOUT_DATA.contains(host.type())) {
                all.add(of(host));
            }
        }
        return all;
    }

    private DeploymentJson of(Group group, Cluster cluster) {
        Plan plan = facts.planOf(cluster);
        KeptSnapshot last = facts.last().get(cluster.id());
        Duration late = lateBy(plan, last, now);
        SeenRun running = facts.running().get(cluster.id());
        SeenRun failed = facts.failedSince(cluster);
        return new DeploymentJson(
                cluster.id().hex(),
                failed == null
                        ? null
                        : new FailedJson(
                                ApiJson.date(failed.ended()),
                                failed.id(),
                                failed.reason(),
                                failed.snapshot().hex()),
                document(last, now),
                members(group, cluster),
                mirrors(group, cluster),
                nameOf(cluster),
                running == null
                        ? null
                        : new RunningJson(
                                ApiJson.date(running.begun()),
                                running.id(),
                                running.snapshot().hex()),
                new PlanJson(
                        (int) plan.interval().toHours(),
                        late.toSeconds(),
                        plan.nextDue() == null ? null : ApiJson.date(plan.nextDue()),
                        plan.status().name()),
                State.of(plan, last, now).name(),
                cluster.type().name());
    }

    /** No snapshot is ever taken of one, so nothing is known but that it is there. */
    private static DeploymentJson of(Host host) {
        return new DeploymentJson(
                host.id().hex(),
                null,
                null,
                List.of(),
                List.of(),
                host.address(),
                null,
                null,
                State.UNSCHEDULED.name(),
                host.type().name());
    }

    private List<MemberJson> members(Group group, Cluster whole) {
        return facts.clustersOf(group).stream()
                .filter(one -> whole.id().equals(one.parent()))
                .map(one -> new MemberJson(
                        one.id().hex(),
                        one.shardName() == null ? one.replicaSetName() : one.shardName(),
                        one.replicaSetName(),
                        one.type().name()))
                .toList();
    }

    private List<MirrorJson> mirrors(Group group, Cluster whole) {
        List<Host> mirrors = facts.hostsOf(group).stream()
                .filter(host -> whole.id().equals(host.clusterId()) && host.isMirroredConfigServer())
                .sorted(Comparator.comparing(Host::configOrder, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
        Instant newest = mirrors.stream()
                .map(host -> facts.mirrors().get(host.id()))
                .filter(kept -> kept != null)
                .map(KeptSnapshot::created)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return mirrors.stream()
                .map(host -> {
                    KeptSnapshot kept = facts.mirrors().get(host.id());
                    return new MirrorJson(
                            host.configOrder(),
                            kept == null
                                    ? null
                                    : Duration.between(kept.created(), newest).toSeconds(),
                            host.id().hex(),
                            document(kept, now),
                            kept == null,
                            host.address());
                })
                .toList();
    }

    /** The set's name, or the cluster's. */
    static String nameOf(Cluster cluster) {
        return cluster.type().isSharded() || cluster.replicaSetName() == null
                ? cluster.clusterName()
                : cluster.replicaSetName();
    }

    /** How much older than one interval the last complete snapshot is. */
    static Duration lateBy(Plan plan, KeptSnapshot last, Instant now) {
        if (!plan.isActive() || last == null) {
            return Duration.ZERO;
        }
        Duration late = Duration.between(last.created(), now).minus(plan.interval());
        return late.isNegative() ? Duration.ZERO : late;
    }

    private static LastSnapshotJson document(KeptSnapshot kept, Instant now) {
        return kept == null
                ? null
                : new LastSnapshotJson(
                        Math.max(0, Duration.between(kept.created(), now).toSeconds()),
                        kept.archiveBytes(),
                        ApiJson.date(kept.created()),
                        kept.id().hex(),
                        kept.plainBytes(),
                        kept.newBytes(),
                        kept.storedBytes());
    }
}
