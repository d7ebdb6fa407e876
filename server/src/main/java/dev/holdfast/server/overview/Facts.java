package dev.holdfast.server.overview;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.agents.Agent;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.drill.Drill;
import dev.holdfast.server.schedule.Plan;
import dev.holdfast.server.schedule.Plans;
import dev.holdfast.server.schedule.SeenRun;
import dev.holdfast.server.snapshot.KeptSnapshot;
import dev.holdfast.server.snapshot.KeptTotals;
import java.util.List;
import java.util.Map;

/**
 * What the rooms say of some projects.
 *
 * @param groups by name
 * @param clusters of each project, in the order of lists
 * @param hosts of each project, by {@code hostname:port}
 * @param agents of each project
 * @param last the latest complete snapshot of each cluster that is no member of another
 * @param mirrors the latest snapshot of each mirrored config server
 * @param plans of clusters of which something was said
 * @param running what is being made, by cluster
 * @param failed the latest run of each cluster that failed
 * @param damaged how many snapshots of a cluster cannot be restored
 * @param drills those that failed and were not made again with success
 * @param drilled the cluster of each drilled snapshot that is still kept
 * @param totals of everything that is kept
 */
record Facts(
        List<Group> groups,
        Map<GroupId, List<Cluster>> clusters,
        Map<GroupId, List<Host>> hosts,
        Map<GroupId, List<Agent>> agents,
        Map<ClusterId, KeptSnapshot> last,
        Map<HostId, KeptSnapshot> mirrors,
        Map<ClusterId, Plan> plans,
        Map<ClusterId, SeenRun> running,
        Map<ClusterId, SeenRun> failed,
        Map<ClusterId, Long> damaged,
        List<Drill> drills,
        Map<SnapshotId, ClusterId> drilled,
        KeptTotals totals) {

    List<Cluster> clustersOf(Group group) {
        return clusters.getOrDefault(group.id(), List.of());
    }

    List<Host> hostsOf(Group group) {
        return hosts.getOrDefault(group.id(), List.of());
    }

    Plan planOf(Cluster cluster) {
        return plans.getOrDefault(cluster.id(), Plans.NONE);
    }

    /** The last run that failed, if nothing was completed after it began. */
    SeenRun failedSince(Cluster cluster) {
        SeenRun run = failed.get(cluster.id());
        KeptSnapshot good = last.get(cluster.id());
        return run == null || good != null && !good.created().isBefore(run.begun()) ? null : run;
    }
}
