package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.id.OrgId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of API keys, their grants and their access lists. */
final class KeyTable {
    /** What signing in needs of a key, and no more: one row, so that an unknown key costs the same as a known one. */
    record Signature(KeyId id, String publicKey, OrgId org, SealedHa1 ha1) {}

    private static final String SIGNATURE = "id, public_key, secret_id, ha1_sealed, org_id";

    private KeyTable() {}

    /** Adds a key; false if its public key is taken. */
    static boolean insert(Handle tx, ApiKey key, SealedHa1 ha1) {
        int inserted = tx.execute(
                "INSERT INTO access_key (id, public_key, description, masked_private_key, ha1_sealed, secret_id,"
                        + " created, org_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                key.id().hex(),
                key.publicKey(),
                key.desc(),
                key.maskedPrivateKey(),
                ha1.text(),
                ha1.secretId(),
                key.created().toEpochMilli(),
                key.org() == null ? null : key.org().hex());
        if (inserted == 1) {
            insertGrants(tx, key.id(), key.grants());
        }
        return inserted == 1;
    }

    static void insertGrants(Handle tx, KeyId id, Collection<Grant> grants) {
        for (Grant grant : grants) {
            tx.execute(
                    "INSERT INTO access_grant (key_id, role, scope) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    id.hex(),
                    grant.role().name(),
                    grant.scopeId());
        }
    }

    static void deleteGrants(Handle tx, KeyId id) {
        tx.execute("DELETE FROM access_grant WHERE key_id = ?", id.hex());
    }

    /** Deletes a key with its grants and its list; false if there is none. */
    static boolean delete(Handle tx, KeyId id) {
        return tx.execute("DELETE FROM access_key WHERE id = ?", id.hex()) == 1;
    }

    /** Whether there is no key at all. */
    static boolean isEmpty(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM access_key")
                        .mapTo(Long.class)
                        .one()
                == 0;
    }

    /** False if there was a first user. */
    static boolean insertFirstUser(Handle tx, String username, Instant created) {
        return tx.execute(
                        "INSERT INTO access_first_user (id, username, created) VALUES (1, ?, ?) ON CONFLICT DO NOTHING",
                        username,
                        created.toEpochMilli())
                == 1;
    }

    static boolean exists(Handle handle, KeyId id) {
        return handle.createQuery("SELECT count(*) FROM access_key WHERE id = ?")
                        .bind(0, id.hex())
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    static Optional<Signature> signature(Handle handle, String publicKey) {
        return handle.createQuery("SELECT " + SIGNATURE + " FROM access_key WHERE public_key = ?")
                .bind(0, publicKey)
                .map((row, context) -> signature(row))
                .findOne();
    }

    static Optional<Signature> signature(Handle handle, KeyId id) {
        return handle.createQuery("SELECT " + SIGNATURE + " FROM access_key WHERE id = ?")
                .bind(0, id.hex())
                .map((row, context) -> signature(row))
                .findOne();
    }

    /** Locks a key's row until the transaction ends; false if there is none. */
    static boolean lock(Handle tx, KeyId id) {
        return tx.execute("UPDATE access_key SET created = created WHERE id = ?", id.hex()) == 1;
    }

    /** The keys whose HA1 was not sealed with the secret {@code secretId}. */
    static List<Signature> sealedOtherwise(Handle handle, String secretId) {
        return handle.createQuery("SELECT " + SIGNATURE + " FROM access_key WHERE secret_id <> ?")
                .bind(0, secretId)
                .map((row, context) -> signature(row))
                .list();
    }

    static void updateHa1(Handle tx, KeyId id, SealedHa1 ha1) {
        tx.execute(
                "UPDATE access_key SET ha1_sealed = ?, secret_id = ? WHERE id = ?",
                ha1.text(),
                ha1.secretId(),
                id.hex());
    }

    static List<Grant> grants(Handle handle, KeyId id) {
        return handle.createQuery("SELECT role, scope FROM access_grant WHERE key_id = ? ORDER BY role, scope")
                .bind(0, id.hex())
                .map((row, context) -> new Grant(Role.valueOf(row.getString(1)), row.getString(2)))
                .list();
    }

    /** The keys that {@code which} names, oldest first. */
    static List<ApiKey> keys(Handle handle, Which which) {
        Map<String, List<Grant>> grants = new HashMap<>();
        handle.createQuery("SELECT key_id, role, scope FROM access_grant WHERE key_id IN (SELECT id FROM access_key"
                        + which.where() + ") ORDER BY role, scope")
                .bindMap(which.bindings())
                .map((row, context) -> grants.computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                        .add(new Grant(Role.valueOf(row.getString(2)), row.getString(3))))
                .list();
        return handle.createQuery("SELECT id, public_key, description, masked_private_key, created, org_id"
                        + " FROM access_key" + which.where() + " ORDER BY created, id")
                .bindMap(which.bindings())
                .map((row, context) -> new ApiKey(
                        new KeyId(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        grants.getOrDefault(row.getString(1), List.of()),
                        Instant.ofEpochMilli(row.getLong(5)),
                        org(row.getString(6))))
                .list();
    }

    /** Which keys are asked for. */
    record Which(String where, Map<String, String> bindings) {
        static Which all() {
            return new Which("", Map.of());
        }

        static Which one(KeyId id) {
            return new Which(" WHERE id = :id", Map.of("id", id.hex()));
        }

        static Which ofOrg(OrgId org) {
            return new Which(" WHERE org_id = :org", Map.of("org", org.hex()));
        }

        /** Those of no organisation. */
        static Which ofInstallation() {
            return new Which(" WHERE org_id IS NULL", Map.of());
        }

        /** Those with a role in the project. */
        static Which in(GroupId group) {
            return new Which(
                    " WHERE id IN (SELECT key_id FROM access_grant WHERE scope = :scope)",
                    Map.of("scope", group.hex()));
        }
    }

    static void updateDesc(Handle tx, KeyId id, String desc) {
        tx.execute("UPDATE access_key SET description = ? WHERE id = ?", desc, id.hex());
    }

    /** Takes every role in one project or organisation from one key. */
    static void deleteGrants(Handle tx, KeyId id, String scope) {
        tx.execute("DELETE FROM access_grant WHERE key_id = ? AND scope = ?", id.hex(), scope);
    }

    /** Takes every role in a project from every key. */
    static void deleteGrants(Handle tx, GroupId group) {
        tx.execute("DELETE FROM access_grant WHERE scope = ?", group.hex());
    }

    /**
     * How many keys have the grant's role, there; their rows are locked until the transaction ends, so that of two
     * that take it away at once, the second sees what the first left.
     */
    static int lockHolders(Handle tx, Grant grant) {
        return tx.execute(
                "UPDATE access_grant SET scope = scope WHERE role = ? AND scope = ?",
                grant.role().name(),
                grant.scopeId());
    }

    /** Adds an entry to a list; false, and nothing changes, when it is there. */
    static boolean insertEntry(Handle tx, KeyId id, AddressBlock block, Instant created) {
        return tx.execute(
                        "INSERT INTO access_list_entry (key_id, block, created) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        id.hex(),
                        block.toString(),
                        created.toEpochMilli())
                == 1;
    }

    static boolean deleteEntry(Handle tx, KeyId id, AddressBlock block) {
        return tx.execute("DELETE FROM access_list_entry WHERE key_id = ? AND block = ?", id.hex(), block.toString())
                == 1;
    }

    static List<AccessListEntry> entries(Handle handle, KeyId id) {
        return handle.createQuery("SELECT block, created, uses, last_used, last_used_address FROM access_list_entry"
                        + " WHERE key_id = ? ORDER BY created, block")
                .bind(0, id.hex())
                .map((row, context) -> {
                    long millis = row.getLong(4);
                    Instant lastUsed = row.wasNull() ? null : Instant.ofEpochMilli(millis);
                    return new AccessListEntry(
                            AddressBlock.parse(row.getString(1)),
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getLong(3),
                            lastUsed,
                            row.getString(5));
                })
                .list();
    }

    /** Adds to what an entry admitted; nothing happens when the entry is gone. */
    static void addUse(Handle tx, String key, String block, long count, Instant last, String from) {
        tx.execute("UPDATE access_list_entry SET uses = uses + ? WHERE key_id = ? AND block = ?", count, key, block);
        // another node may have written a later one
        tx.execute(
                "UPDATE access_list_entry SET last_used = ?, last_used_address = ?"
                        + " WHERE key_id = ? AND block = ? AND (last_used IS NULL OR last_used <= ?)",
                last.toEpochMilli(),
                from,
                key,
                block,
                last.toEpochMilli());
    }

    private static Signature signature(ResultSet row) throws SQLException {
        return new Signature(
                new KeyId(row.getString(1)),
                row.getString(2),
                org(row.getString(5)),
                new SealedHa1(row.getString(3), row.getString(4)));
    }

    private static OrgId org(String id) {
        return id == null ? null : new OrgId(id);
    }
}
