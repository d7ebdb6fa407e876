package dev.holdfast.server.testing;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Need;
import java.util.Set;

/** A caller that sees the projects it is given. */
public record TestCaller(String name, boolean seesAllGroups, Set<GroupId> groups) implements Caller {
    @Override
    public boolean may(Need need, GroupId group) {
        return sees(group);
    }

    /** A global key. */
    public static TestCaller global() {
        return new TestCaller("glbladmn", true, Set.of());
    }

    /** A key with a role in {@code groups}. */
    public static TestCaller memberOf(GroupId... groups) {
        return new TestCaller("ewmaqvdo", false, Set.of(groups));
    }
}
