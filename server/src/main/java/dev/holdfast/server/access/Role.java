package dev.holdfast.server.access;

import dev.holdfast.server.http.Need;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a key can be granted, and which needs of a route each role meets. {@code docs/roles.md} is this table, printed.
 *
 * <p>Source: the role names of the Ops Manager API; which of them may create restore jobs is documented for the user
 * roles "Project Backup Admin", "Project Owner", "Global Backup Admin" and "Global Owner".
 */
public enum Role {
    GROUP_OWNER(Scope.GROUP, Need.READ, Need.BACKUP, Need.MONITOR, Need.ADMIN),
    GROUP_BACKUP_ADMIN(Scope.GROUP, Need.READ, Need.BACKUP),
    GROUP_MONITORING_ADMIN(Scope.GROUP, Need.READ, Need.MONITOR),
    GROUP_AUTOMATION_ADMIN(Scope.GROUP, Need.READ, Need.MONITOR),
    GROUP_DATA_ACCESS_ADMIN(Scope.GROUP, Need.READ),
    GROUP_DATA_ACCESS_READ_WRITE(Scope.GROUP, Need.READ),
    GROUP_DATA_ACCESS_READ_ONLY(Scope.GROUP, Need.READ),
    GROUP_READ_ONLY(Scope.GROUP, Need.READ),
    // A role in an organisation opens no project: which projects it has is known to the deployment room, on which this
    // one may not depend. Grant the project role beside it.
    ORG_OWNER(Scope.ORG, Need.ORG_READ, Need.ORG_ADMIN),
    ORG_MEMBER(Scope.ORG, Need.ORG_READ),
    ORG_READ_ONLY(Scope.ORG, Need.ORG_READ),
    GLOBAL_OWNER(
            Scope.GLOBAL,
            Need.READ,
            Need.BACKUP,
            Need.GLOBAL_BACKUP,
            Need.MONITOR,
            Need.ADMIN,
            Need.ORG_READ,
            Need.ORG_ADMIN,
            Need.GLOBAL_READ,
            Need.GLOBAL_ADMIN),
    GLOBAL_BACKUP_ADMIN(Scope.GLOBAL, Need.READ, Need.BACKUP, Need.GLOBAL_BACKUP, Need.ORG_READ, Need.GLOBAL_READ),
    GLOBAL_READ_ONLY(Scope.GLOBAL, Need.READ, Need.ORG_READ, Need.GLOBAL_READ);

    /** What a role is a role in. */
    public enum Scope {
        /** One project. */
        GROUP,
        /** One organisation. */
        ORG,
        /** Everything. */
        GLOBAL
    }

    private final Scope scope;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, and nobody else has it
    private final Set<Need> needs;

    Role(Scope scope, Need... needs) {
        this.scope = scope;
        Set<Need> met = EnumSet.of(Need.NOTHING, Need.KEY);
        Collections.addAll(met, needs);
        this.needs = Collections.unmodifiableSet(met);
    }

    /** What it is a role in. */
    public Scope scope() {
        return scope;
    }

    /** Whether the role is enough, within its scope, for a route with this need. */
    public boolean meets(Need need) {
        return needs.contains(need);
    }

    /** Whether, where both are roles, whoever has this one may do all that the other allows. */
    boolean covers(Role other) {
        return needs.containsAll(other.needs);
    }

    /** The role of this name, or empty. */
    public static Optional<Role> parse(String name) {
        for (Role role : values()) {
            if (role.name().equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
