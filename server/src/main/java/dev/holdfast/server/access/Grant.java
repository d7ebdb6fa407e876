package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import java.util.Optional;

/**
 * A role and what it is granted in.
 *
 * @param role the role
 * @param scopeId 24 hexadecimal digits of the project or organisation; empty for a global role
 */
public record Grant(Role role, String scopeId) {
    /** Refuses a scope that does not fit the role with an {@link IllegalArgumentException}. */
    public Grant {
        boolean fits = switch (role.scope()) {
            case GROUP -> GroupId.parse(scopeId).isPresent();
            case ORG -> OrgId.parse(scopeId).isPresent();
            case GLOBAL -> scopeId.isEmpty();
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    role + " is a role in one " + role.scope() + " and cannot be granted in '" + scopeId + "'");
        }
    }

    /** A project role. */
    public static Grant in(GroupId group, Role role) {
        return new Grant(role, group.hex());
    }

    /** An organisation role. */
    public static Grant in(OrgId org, Role role) {
        return new Grant(role, org.hex());
    }

    /** A global role. */
    public static Grant global(Role role) {
        return new Grant(role, "");
    }

    /** Whether its holder may do all that {@code other} allows, where {@code other} allows it. */
    boolean covers(Grant other) {
        boolean there = role.scope() == Role.Scope.GLOBAL || scopeId.equals(other.scopeId);
        return there && role.covers(other.role);
    }

    /** The project, for a project role. */
    public Optional<GroupId> group() {
        return role.scope() == Role.Scope.GROUP ? Optional.of(new GroupId(scopeId)) : Optional.empty();
    }

    /** The organisation, for an organisation role. */
    public Optional<OrgId> org() {
        return role.scope() == Role.Scope.ORG ? Optional.of(new OrgId(scopeId)) : Optional.empty();
    }
}
