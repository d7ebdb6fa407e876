package dev.holdfast.server.http;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import java.util.Set;

/** Who sent a request, as far as the rooms need to know; {@code access} knows the rest. */
public interface Caller {
    /** Name for the log: the public key, or {@code agent of GROUP}. Never a secret. */
    String name();

    /** Whether the caller may read every project. */
    boolean seesAllGroups();

    /** The projects that the caller has any role in; empty for a global key, which needs none. */
    Set<GroupId> groups();

    /** The organisations that the caller is a member of; a global key sees all without being one. */
    default Set<OrgId> orgs() {
        return Set.of();
    }

    /** Whether the caller may read the organisation. */
    default boolean sees(OrgId org) {
        return seesAllGroups() || orgs().contains(org);
    }

    /** Whether the caller owns the organisation, or with null the whole installation: then it may make new ones. */
    default boolean owns(OrgId org) {
        return false;
    }

    /** Whether the caller is the owner of the project, or of everything. */
    default boolean administers(GroupId group) {
        return false;
    }

    /** Whether the caller has a role in a project, or everywhere, that meets a need; for one that no path names. */
    default boolean may(Need need, GroupId group) {
        return false;
    }

    /** Whether the caller may read the project. */
    default boolean sees(GroupId group) {
        return seesAllGroups() || groups().contains(group);
    }
}
