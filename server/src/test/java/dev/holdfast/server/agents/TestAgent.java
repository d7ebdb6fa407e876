package dev.holdfast.server.agents;

import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.util.List;
import java.util.Optional;

/** An agent as the server sees it, for tests of other rooms. */
public record TestAgent(Agents agents, GroupId group, String name, List<HostId> hosts) {
    /** Asks for work. */
    public Optional<Assignment> poll() {
        agents.heard(group, name, "1", "0.1.0", hosts);
        return agents.take(group, name, "1", hosts, List.of(AssignmentKind.values()));
    }

    /** Says that the work is done. */
    public void done(Assignment work) {
        agents.done(group, work.id(), work.attempt(), null);
    }

    /** Says that it failed. */
    public void failed(Assignment work, String reason, boolean again) {
        agents.failed(group, work.id(), work.attempt(), reason, again);
    }
}
