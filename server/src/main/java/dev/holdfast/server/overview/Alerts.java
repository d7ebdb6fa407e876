package dev.holdfast.server.overview;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.OverviewJson.AlertJson;
import dev.holdfast.server.agents.Agent;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.drill.Drill;
import dev.holdfast.server.schedule.Plan;
import dev.holdfast.server.schedule.SeenRun;
import dev.holdfast.server.snapshot.KeptSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of the facts wants to be looked at, in plain words and with what to do about it. */
final class Alerts {
    /** A snapshot that is so many intervals old is no mishap any more. */
    private static final int INTERVALS_OF_ERROR = 4;

    private final Facts facts;
    private final Agents agents;
    private final Instant now;
    private final List<AlertJson> all = new ArrayList<>();

    Alerts(Facts facts, Agents agents, Instant now) {
        this.facts = facts;
        this.agents = agents;
        this.now = now;
    }

    /** Those of the projects and the given ones, errors first, else in the order of the projects. */
    List<AlertJson> with(List<AlertJson> others) {
        Map<ClusterId, Cluster> clusters = new HashMap<>();
        for (Group group : facts.groups()) {
            for (Cluster cluster : facts.clustersOf(group)) {
                clusters.put(cluster.id(), cluster);
                if (cluster.parent() == null) {
                    ofCluster(cluster);
                }
            }
            silentAgents(group);
        }
        facts.drills().forEach(drill -> {
            Cluster cluster = clusters.get(facts.drilled().get(drill.snapshot()));
            if (cluster != null) {
                drill(drill, cluster);
            }
        });
        all.addAll(0, others);
        all.sort(Comparator.comparing(AlertJson::severityName));
        return List.copyOf(all);
    }

    private void ofCluster(Cluster cluster) {
        Plan plan = facts.planOf(cluster);
        KeptSnapshot last = facts.last().get(cluster.id());
        SeenRun failed = facts.failedSince(cluster);
        State state = State.of(plan, last, now);
        String name = Deployments.nameOf(cluster);
        if (state == State.LATE) {
            Duration age = Duration.between(last.created(), now);
            boolean error = age.compareTo(plan.interval().multipliedBy(INTERVALS_OF_ERROR)) > 0;
            add(
                    "LATE",
                    error,
                    cluster,
                    "The last snapshot of " + name + " is " + PlainWords.time(age) + " old; one is due every "
                            + PlainWords.time(plan.interval()) + ".",
                    "Look at the project's runs for the reason, and see that an agent runs that reaches its hosts.");
        }
        if (state == State.NEVER && facts.running().get(cluster.id()) == null) {
            add(
                    "NEVER_CAPTURED",
                    failed != null,
                    cluster,
                    name + " is to be backed up, and there is no snapshot of it.",
                    "See that an agent runs that reaches its hosts, or take a snapshot with holdfast snapshot.");
        }
        if (failed != null && plan.isActive()) {
            add(
                    "CAPTURE_FAILED",
                    false,
                    cluster,
                    "The snapshot of " + name + " that was due " + ApiJson.date(failed.due()) + " failed: "
                            + failed.reason() + ".",
                    "Mend what it names before the next one is due"
                            + (plan.nextDue() == null ? "." : ", " + ApiJson.date(plan.nextDue()) + "."));
        }
        long damaged = facts.damaged().getOrDefault(cluster.id(), 0L);
        if (damaged > 0) {
            add(
                    "DAMAGE",
                    true,
                    cluster,
                    PlainWords.counted(damaged, "snapshot") + " of " + name
                            + " cannot be restored: stored bytes are damaged.",
                    "Run holdfast repair with a copy of the store; until then take a new snapshot.");
        }
    }

    private void drill(Drill drill, Cluster cluster) {
        add(
                "DRILL_FAILED",
                true,
                cluster,
                "Snapshot " + drill.snapshot() + " of " + Deployments.nameOf(cluster)
                        + " could not be restored in a drill: " + drill.result().message() + ".",
                "Take another snapshot and drill that one; run holdfast verify.");
    }

    /** An agent that is gone matters where nobody else does its work. */
    private void silentAgents(Group group) {
        Map<HostId, Host> hosts = new HashMap<>();
        facts.hostsOf(group).forEach(host -> hosts.put(host.id(), host));
        List<Agent> known = facts.agents().getOrDefault(group.id(), List.of());
        Set<HostId> served = new HashSet<>();
        known.stream().filter(agent -> !agents.isSilent(agent, now)).forEach(agent -> served.addAll(agent.hosts()));
        known.stream()
                .filter(agent -> agents.isSilent(agent, now))
                .sorted(Comparator.comparing(Agent::name))
                .forEach(agent -> {
                    List<Host> left = agent.hosts().stream()
                            .filter(host -> !served.contains(host))
                            .map(hosts::get)
                            .filter(host -> host != null)
                            .toList();
                    if (!left.isEmpty()) {
                        silent(group, agent, left);
                    }
                });
    }

    private void silent(Group group, Agent agent, List<Host> left) {
        String names = PlainWords.names(left.stream().map(Host::address).toList());
        all.add(new AlertJson(
                "Start it again, or let another agent serve these hosts.",
                null,
                group.id().hex(),
                left.size() == 1 ? left.get(0).id().hex() : null,
                "AGENT_SILENT",
                "Agent " + agent.name() + " was not heard of for "
                        + PlainWords.time(Duration.between(agent.lastSeen(), now)) + "; nobody else reaches " + names
                        + ".",
                "WARNING"));
    }

    private void add(String kind, boolean error, Cluster cluster, String message, String action) {
        all.add(new AlertJson(
                action, cluster.id().hex(), cluster.groupId().hex(), null, kind, message, error ? "ERROR" : "WARNING"));
    }
}
