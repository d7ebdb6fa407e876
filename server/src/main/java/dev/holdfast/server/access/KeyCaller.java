package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Need;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody who signed in with an API key.
 *
 * @param id the key's id
 * @param name the public key
 * @param grants what it may do
 * @param accessList from where; empty when there is no list
 * @param groups the projects in which it has a role
 * @param orgs the organisation that it belongs to, and those in which it has a role
 * @param session through which the request came; null when the key signed it
 */
record KeyCaller(
        KeyId id,
        String name,
        List<Grant> grants,
        List<AddressBlock> accessList,
        Set<GroupId> groups,
        Set<OrgId> orgs,
        Session session)
        implements Caller {
    /** {@code home} is the organisation that the key belongs to, null for none. */
    static KeyCaller of(KeyId id, String publicKey, OrgId home, List<Grant> grants, List<AddressBlock> accessList) {
        Set<OrgId> orgs = Stream.concat(Stream.ofNullable(home), grants.stream().flatMap(grant -> grant.org().stream()))
                .collect(Collectors.toUnmodifiableSet());
        Set<GroupId> groups =
                grants.stream().flatMap(grant -> grant.group().stream()).collect(Collectors.toUnmodifiableSet());
        return new KeyCaller(id, publicKey, List.copyOf(grants), List.copyOf(accessList), groups, orgs, null);
    }

    /** The same, by a session instead of a signature. */
    KeyCaller in(Session other) {
        return new KeyCaller(id, name, grants, accessList, groups, orgs, other);
    }

    @Override
    public boolean seesAllGroups() {
        return holds(Role.Scope.GLOBAL, "", Need.READ);
    }

    @Override
    public boolean may(Need need, GroupId group) {
        return holds(Role.Scope.GLOBAL, "", need) || holds(Role.Scope.GROUP, group.hex(), need);
    }

    /** Whether a role, in the organisation or everywhere, meets the need; its members may read it without one. */
    boolean may(Need need, OrgId org) {
        return need == Need.ORG_READ && orgs.contains(org)
                || holds(Role.Scope.GLOBAL, "", need)
                || holds(Role.Scope.ORG, org.hex(), need);
    }

    /** Whether a role everywhere meets the need. */
    boolean mayEverywhere(Need need) {
        return holds(Role.Scope.GLOBAL, "", need);
    }

    @Override
    public boolean owns(OrgId org) {
        return org == null ? mayEverywhere(Need.GLOBAL_ADMIN) : may(Need.ORG_ADMIN, org);
    }

    @Override
    public boolean administers(GroupId group) {
        return may(Need.ADMIN, group);
    }

    /** The first block of the access list that has the address, or null. */
    AddressBlock listing(InetAddress address) {
        for (AddressBlock block : accessList) {
            if (block.contains(address)) {
                return block;
            }
        }
        return null;
    }

    private boolean holds(Role.Scope scope, String scopeId, Need need) {
        for (Grant grant : grants) {
            Role role = grant.role();
            if (role.scope() == scope && role.meets(need) && grant.scopeId().equals(scopeId)) {
                return true;
            }
        }
        return false;
    }
}
