package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.server.http.Caller;
import java.util.Set;

/** An agent: may send snapshots of its one project, and nothing else. */
record AgentCaller(GroupId group) implements Caller {
    @Override
    public String name() {
        return "agent of " + group;
    }

    @Override
    public boolean seesAllGroups() {
        return false;
    }

    @Override
    public Set<GroupId> groups() {
        return Set.of(group);
    }
}
