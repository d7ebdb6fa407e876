package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Need;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody who signed in with an API key.
 *
 * @param id the key's id
 * @param name the public key
 * @param grants what it may do
 * @param accessList from where; empty when there is no list
 * @param groups the projects in which it has a role
 */
record KeyCaller(KeyId id, String name, List<Grant> grants, List<AddressBlock> accessList, Set<GroupId> groups)
        implements Caller {
    static KeyCaller of(KeyId id, String publicKey, List<Grant> grants, List<AddressBlock> accessList) {
        Set<GroupId> groups =
                grants.stream().flatMap(grant -> grant.group().stream()).collect(Collectors.toUnmodifiableSet());
        return new KeyCaller(id, publicKey, List.copyOf(grants), List.copyOf(accessList), groups);
    }

    @Override
    public boolean seesAllGroups() {
        return holds(Role.Scope.GLOBAL, "", Need.READ);
    }

    /** Whether a role, in the project or everywhere, meets the need. */
    boolean may(Need need, GroupId group) {
        return holds(Role.Scope.GLOBAL, "", need) || holds(Role.Scope.GROUP, group.hex(), need);
    }

    /** Whether the access list has the address. */
    boolean lists(InetAddress address) {
        for (AddressBlock block : accessList) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
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
