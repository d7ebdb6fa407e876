package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Caller;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Keys changed by the holders of keys. Two rules hold in every verb: nobody grants what he does not hold, by the rows
 * and not by what was known of him when he signed in; and what has an owner keeps one.
 */
final class KeyAdministration {
    private final Keys keys;
    private final Tenants tenants;

    KeyAdministration(Keys keys, Tenants tenants) {
        this.keys = keys;
        this.tenants = tenants;
    }

    /** The keys of an organisation, oldest first. */
    List<ApiKey> ofOrg(OrgId org) {
        return keys.reading(handle -> {
            requireOrg(handle, org);
            return keys.list(handle, KeyTable.Which.ofOrg(org));
        });
    }

    /** The keys with a role in a project, oldest first. */
    List<ApiKey> in(GroupId group) {
        return keys.reading(handle -> {
            requireOrgOf(handle, group);
            return keys.list(handle, KeyTable.Which.in(group));
        });
    }

    /** The keys of no organisation, oldest first. */
    List<ApiKey> ofInstallation() {
        return keys.reading(handle -> keys.list(handle, KeyTable.Which.ofInstallation()));
    }

    /** The organisation that a project's keys may have roles in. */
    OrgId orgOf(GroupId group) {
        return keys.reading(handle -> requireOrgOf(handle, group));
    }

    /** A key of an organisation, or with null of none. */
    ApiKey require(OrgId org, String id) {
        return keys.reading(handle -> {
            if (org != null) {
                requireOrg(handle, org);
            }
            return require(handle, org, id);
        });
    }

    /** A key with a role in a project. */
    ApiKey require(GroupId group, String id) {
        return keys.reading(handle -> {
            requireOrgOf(handle, group);
            return require(handle, group, id);
        });
    }

    /** A key that may be given a role in a project: one that has, or one of the project's organisation. */
    void requireAssignable(GroupId group, String id) {
        keys.reading(handle -> requireAssignable(handle, group, requireOrgOf(handle, group), id));
    }

    /** Makes a key of an organisation, or with null of none. */
    Made create(Caller caller, OrgId org, String desc, Collection<Grant> grants, Instant now) {
        return keys.changing(tx -> {
            if (org != null) {
                requireOrg(tx, org);
            }
            return create(tx, caller, org, desc, grants, now);
        });
    }

    /** Makes a key of a project's organisation, with roles in the project. */
    Made create(Caller caller, GroupId group, String desc, Collection<Grant> grants, Instant now) {
        return keys.changing(tx -> create(tx, caller, requireOrgOf(tx, group), desc, grants, now));
    }

    /**
     * Changes a key of an organisation, or with null of none.
     *
     * @param desc null to leave it
     * @param grants its roles in the organisation (or everywhere) from now on, null to leave them
     */
    ApiKey change(Caller caller, OrgId org, String id, String desc, Collection<Grant> grants) {
        return keys.changing(tx -> {
            if (org != null) {
                requireOrg(tx, org);
            }
            return change(tx, caller, require(tx, org, id), org == null ? "" : org.hex(), desc, grants);
        });
    }

    /** Gives a key of the project's organisation its roles in the project; otherwise as the other. */
    ApiKey change(Caller caller, GroupId group, String id, String desc, Collection<Grant> grants) {
        return keys.changing(tx -> {
            OrgId org = requireOrgOf(tx, group);
            ApiKey key = requireAssignable(tx, group, org, id);
            if (desc != null && !org.equals(key.org())) {
                // a key that only visits is not ours to name
                throw new Refusal(ErrorCode.ATTRIBUTE_READ_ONLY, "desc");
            }
            return change(tx, caller, key, group.hex(), desc, grants);
        });
    }

    /** Deletes a key of an organisation, or with null of none. */
    void delete(OrgId org, String id) {
        keys.changing(tx -> {
            if (org != null) {
                requireOrg(tx, org);
            }
            ApiKey key = require(tx, org, id);
            key.grants().forEach(grant -> requireAnotherOwner(tx, key, grant));
            return keys.delete(tx, key.id());
        });
    }

    /** Takes from a key its roles in a project; the key stays. */
    void unassign(GroupId group, String id) {
        keys.changing(tx -> {
            requireOrgOf(tx, group);
            ApiKey key = require(tx, group, id);
            KeyTable.deleteGrants(tx, key.id(), group.hex());
            return null;
        });
    }

    /** A key that was just made, with its private half. */
    record Made(ApiKey key, NewApiKey secret) {}

    private Made create(Handle tx, Caller caller, OrgId org, String desc, Collection<Grant> grants, Instant now) {
        requireMayGrant(tx, caller, grants);
        NewApiKey made = keys.create(tx, org, desc, grants, now);
        return new Made(keys.find(tx, made.id()).orElseThrow(), made);
    }

    private ApiKey change(Handle tx, Caller caller, ApiKey key, String scope, String desc, Collection<Grant> grants) {
        if (desc != null) {
            Keys.requireDesc(desc);
            KeyTable.updateDesc(tx, key.id(), desc);
        }
        if (grants != null) {
            requireMayGrant(tx, caller, grants);
            for (Grant held : key.grants()) {
                if (held.scopeId().equals(scope) && !grants.contains(held)) {
                    requireAnotherOwner(tx, key, held);
                }
            }
            KeyTable.deleteGrants(tx, key.id(), scope);
            KeyTable.insertGrants(tx, key.id(), grants);
        }
        return keys.find(tx, key.id()).orElseThrow();
    }

    private static void requireMayGrant(Handle tx, Caller caller, Collection<Grant> grants) {
        List<Grant> held = caller instanceof KeyCaller key ? KeyTable.grants(tx, key.id()) : List.of();
        for (Grant grant : grants) {
            if (held.stream().noneMatch(own -> own.covers(grant))) {
                throw new Refusal(ErrorCode.USER_UNAUTHORIZED)
                        .saying("The current key may not grant " + grant.role() + ", which it does not hold itself.");
            }
        }
    }

    private static void requireAnotherOwner(Handle tx, ApiKey key, Grant grant) {
        boolean owner = grant.role() == Role.ORG_OWNER || grant.role() == Role.GLOBAL_OWNER;
        if (owner && KeyTable.lockHolders(tx, grant) < 2) {
            throw new Refusal(
                    ErrorCode.VALIDATION_ERROR,
                    "The API key " + key.id() + " is the last one with the role " + grant.role()
                            + (grant.scopeId().isEmpty() ? "." : " in organization " + grant.scopeId() + ".")
                            + "\nHINT: give the role to another key first.");
        }
    }

    private ApiKey require(Handle handle, OrgId org, String id) {
        ApiKey key = parse(handle, id);
        boolean ours = org == null ? key.org() == null : org.equals(key.org());
        if (!ours) {
            throw notFound(id);
        }
        return key;
    }

    private ApiKey require(Handle handle, GroupId group, String id) {
        ApiKey key = parse(handle, id);
        if (rolesIn(key, group).isEmpty()) {
            throw notFound(id);
        }
        return key;
    }

    private ApiKey requireAssignable(Handle handle, GroupId group, OrgId org, String id) {
        ApiKey key = parse(handle, id);
        if (!org.equals(key.org()) && rolesIn(key, group).isEmpty()) {
            throw notFound(id);
        }
        return key;
    }

    private ApiKey parse(Handle handle, String id) {
        KeyId key = KeyId.parse(id).orElseThrow(() -> new Refusal(ErrorCode.INVALID_KEY_ID, id));
        return keys.find(handle, key).orElseThrow(() -> notFound(id));
    }

    private static List<Grant> rolesIn(ApiKey key, GroupId group) {
        return key.grants().stream()
                .filter(grant -> grant.scopeId().equals(group.hex()))
                .toList();
    }

    private void requireOrg(Handle handle, OrgId org) {
        if (!tenants.exists(handle, org)) {
            throw new Refusal(ErrorCode.ORG_NOT_FOUND, org.hex());
        }
    }

    private OrgId requireOrgOf(Handle handle, GroupId group) {
        return tenants.orgOf(handle, group).orElseThrow(() -> new Refusal(ErrorCode.GROUP_NOT_FOUND, group.hex()));
    }

    private static Refusal notFound(String id) {
        return new Refusal(ErrorCode.API_KEY_NOT_FOUND, id);
    }
}
