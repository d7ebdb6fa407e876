package dev.holdfast.server.http;

import dev.holdfast.contract.id.GroupId;
import java.util.Set;

/** Who sent a request, as far as the rooms need to know; {@code access} knows the rest. */
public interface Caller {
    /** Name for the log: the public key, or {@code agent of GROUP}. Never a secret. */
    String name();

    /** Whether the caller may read every project. */
    boolean seesAllGroups();

    /** The projects that the caller has any role in; empty for a global key, which needs none. */
    Set<GroupId> groups();

    /** Whether the caller may read the project. */
    default boolean sees(GroupId group) {
        return seesAllGroups() || groups().contains(group);
    }
}
