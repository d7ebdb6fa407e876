package dev.holdfast.server.overview;

import static java.util.stream.Collectors.groupingBy;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.OverviewJson;
import dev.holdfast.contract.publicapi.OverviewJson.AlertJson;
import dev.holdfast.contract.publicapi.OverviewJson.DeploymentJson;
import dev.holdfast.contract.publicapi.OverviewJson.GroupViewJson;
import dev.holdfast.contract.publicapi.OverviewJson.StoreJson;
import dev.holdfast.contract.publicapi.OverviewJson.SummaryJson;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Agent;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.drill.Drill;
import dev.holdfast.server.drill.Drills;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.schedule.Plans;
import dev.holdfast.server.scrub.ScrubLog;
import dev.holdfast.server.scrub.ScrubSettings;
import dev.holdfast.server.snapshot.KeptSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Puts the document together, out of what the rooms say of the projects that a caller sees. */
public final class Overview {
    private final Database database;
    private final Groups groups;
    private final Clusters clusters;
    private final Hosts hosts;
    private final Agents agents;
    private final Drills drills;
    private final ScrubLog scrubs;
    private final ScrubSettings budget;
    private final Surroundings surroundings;
    private final KeptSnapshots kept = new KeptSnapshots();
    private final Plans plans = new Plans();

    /** Does no I/O. */
    public Overview(
            Database database,
            Groups groups,
            Clusters clusters,
            Hosts hosts,
            Agents agents,
            Drills drills,
            ScrubLog scrubs,
            ScrubSettings budget,
            Surroundings surroundings) {
        this.database = database;
        this.groups = groups;
        this.clusters = clusters;
        this.hosts = hosts;
        this.agents = agents;
        this.drills = drills;
        this.scrubs = scrubs;
        this.budget = budget;
        this.surroundings = surroundings;
    }

    /**
     * The document.
     *
     * @param only one project; null for all that the caller sees
     */
    OverviewJson show(Caller caller, GroupId only, List<Link> links, Instant now) {
        Facts facts = database.read(handle -> facts(handle, caller, only, now));
        boolean all = caller.seesAllGroups();
        Surroundings.Disk disk = all ? surroundings.disk() : null;
        List<AlertJson> others =
                all ? InstallationAlerts.of(disk, surroundings.keysAway(), scrubs.state(), budget, now) : List.of();
        Deployments deployments = new Deployments(facts, now);
        List<GroupViewJson> shown = facts.groups().stream()
                .map(group -> new GroupViewJson(
                        deployments.of(group),
                        group.id().hex(),
                        group.name(),
                        group.orgId().hex()))
                .toList();
        return new OverviewJson(
                new Alerts(facts, agents, now).with(others),
                ApiJson.date(now),
                shown,
                links,
                new StoreJson(
                        disk == null ? null : disk.capacityBytes(),
                        disk == null ? null : disk.freeBytes(),
                        facts.totals().plainBytes(),
                        facts.totals().newBytes(),
                        facts.totals().snapshots(),
                        facts.totals().storedBytes()),
                summary(shown));
    }

    /** A fixed number of statements. */
    Facts facts(Handle handle, Caller caller, GroupId only, Instant now) {
        List<Group> seen = groups.list(handle).stream()
                .filter(group -> caller.sees(group.id()))
                .filter(group -> only == null || only.equals(group.id()))
                .toList();
        Set<GroupId> ids = seen.stream().map(Group::id).collect(Collectors.toSet());
        List<Drill> failed = drills.failed(handle, ids);
        return new Facts(
                seen,
                clusters.list(handle, ids).stream().collect(groupingBy(Cluster::groupId)),
                hosts.list(handle, ids).stream().collect(groupingBy(Host::groupId)),
                agents.list(handle, ids).stream().collect(groupingBy(Agent::group)),
                kept.lastComplete(handle, ids, now),
                kept.lastOfMirrors(handle, ids, now),
                plans.of(handle, ids, now),
                plans.running(handle, ids),
                plans.failed(handle, ids),
                kept.damaged(handle, ids, now),
                failed,
                kept.owners(handle, failed.stream().map(Drill::snapshot).toList(), now),
                kept.totals(handle, ids, now));
    }

    private static SummaryJson summary(List<GroupViewJson> shown) {
        List<DeploymentJson> all = new ArrayList<>();
        shown.forEach(group -> all.addAll(group.deployments()));
        return new SummaryJson(
                all.size(),
                all.stream().filter(one -> one.lastFailed() != null).count(),
                count(all, State.LATE),
                count(all, State.NEVER),
                count(all, State.OK),
                count(all, State.UNSCHEDULED));
    }

    private static long count(List<DeploymentJson> all, State state) {
        return all.stream().filter(one -> one.stateName().equals(state.name())).count();
    }
}
