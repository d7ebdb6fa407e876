package dev.holdfast.dist.doctor;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Agent;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Groups;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether the agents were heard of lately. */
final class AgentsCheck implements Check {
    private static final String ABOUT = "agents";

    @Override
    public List<Finding> look(Patient patient) {
        if (DatabaseCheck.readable(patient) == null) {
            return List.of(); // the database's own check tells
        }
        List<Finding> found = new ArrayList<>();
        try (Database database = Database.open(DatabaseCheck.config(patient), List.of())) {
            ObjectIds ids = new ObjectIds(patient.clock(), patient.random());
            Agents agents = new Agents(
                    database,
                    patient.clock(),
                    ids,
                    patient.settings().schedule().agents());
            for (Group group : new Groups(database, patient.clock(), ids).list()) {
                for (Agent agent : agents.list(group.id())) {
                    found.add(of(agent, group, patient));
                }
            }
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(ABOUT, "no agent was ever heard of: captures are made by holdfast snapshot"));
        }
        return found;
    }

    private static Finding of(Agent agent, Group group, Patient patient) {
        Instant now = patient.clock().instant();
        Duration silent = Duration.between(agent.lastSeen(), now);
        String who = "agent " + agent.name() + " of " + group.name();
        if (silent.compareTo(Duration.ofMinutes(-1)) < 0) {
            return Finding.fail(
                    "time",
                    who + " was heard of at " + agent.lastSeen() + ", which is still to come by the clock here",
                    "this machine's clock was set back: set it right (timedatectl status).");
        }
        if (silent.compareTo(patient.settings().schedule().agents().silence()) > 0) {
            return Finding.warn(
                    ABOUT,
                    who + " has been silent for " + silent.toMinutes() + " minutes, since " + agent.lastSeen(),
                    "is its machine up, does holdfast agent run there, and does its log say that it reaches the server?");
        }
        return Finding.ok(ABOUT, who + " was heard of " + silent.toSeconds() + " s ago");
    }
}
