package dev.holdfast.server.access;

import dev.holdfast.contract.id.KeyId;
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
    record Signature(KeyId id, String publicKey, SealedHa1 ha1) {}

    private KeyTable() {}

    /** Adds a key; false if its public key is taken. */
    static boolean insert(Handle tx, ApiKey key, SealedHa1 ha1) {
        int inserted = tx.execute(
                "INSERT INTO access_key (id, public_key, description, masked_private_key, ha1_sealed, secret_id,"
                        + " created) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                key.id().hex(),
                key.publicKey(),
                key.desc(),
                key.maskedPrivateKey(),
                ha1.text(),
                ha1.secretId(),
                key.created().toEpochMilli());
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

    static boolean exists(Handle handle, KeyId id) {
        return handle.createQuery("SELECT count(*) FROM access_key WHERE id = ?")
                        .bind(0, id.hex())
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    static Optional<Signature> signature(Handle handle, String publicKey) {
        return handle.createQuery("SELECT id, public_key, secret_id, ha1_sealed FROM access_key WHERE public_key = ?")
                .bind(0, publicKey)
                .map((row, context) -> new Signature(
                        new KeyId(row.getString(1)),
                        row.getString(2),
                        new SealedHa1(row.getString(3), row.getString(4))))
                .findOne();
    }

    /** The keys whose HA1 was not sealed with the secret {@code secretId}. */
    static List<Signature> sealedOtherwise(Handle handle, String secretId) {
        return handle.createQuery("SELECT id, public_key, secret_id, ha1_sealed FROM access_key WHERE secret_id <> ?")
                .bind(0, secretId)
                .map((row, context) -> new Signature(
                        new KeyId(row.getString(1)),
                        row.getString(2),
                        new SealedHa1(row.getString(3), row.getString(4))))
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

    /** One key, or all of them when {@code id} is null, oldest first. */
    static List<ApiKey> keys(Handle handle, KeyId id) {
        Map<String, List<Grant>> grants = grantsByKey(handle, id);
        return handle.createQuery("SELECT id, public_key, description, masked_private_key, created FROM access_key"
                        + (id == null ? "" : " WHERE id = :id")
                        + " ORDER BY created, id")
                .bindMap(bindings(id))
                .map((row, context) -> new ApiKey(
                        new KeyId(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        grants.getOrDefault(row.getString(1), List.of()),
                        Instant.ofEpochMilli(row.getLong(5))))
                .list();
    }

    /** Adds an entry to a list; nothing changes when it is there. */
    static void insertEntry(Handle tx, KeyId id, AddressBlock block, Instant created) {
        tx.execute(
                "INSERT INTO access_list_entry (key_id, block, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                id.hex(),
                block.toString(),
                created.toEpochMilli());
    }

    static boolean deleteEntry(Handle tx, KeyId id, AddressBlock block) {
        return tx.execute("DELETE FROM access_list_entry WHERE key_id = ? AND block = ?", id.hex(), block.toString())
                == 1;
    }

    static List<AccessListEntry> entries(Handle handle, KeyId id) {
        return handle.createQuery(
                        "SELECT block, created FROM access_list_entry WHERE key_id = ? ORDER BY created, block")
                .bind(0, id.hex())
                .map((row, context) ->
                        new AccessListEntry(AddressBlock.parse(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))))
                .list();
    }

    private static Map<String, List<Grant>> grantsByKey(Handle handle, KeyId id) {
        Map<String, List<Grant>> grants = new HashMap<>();
        handle.createQuery("SELECT key_id, role, scope FROM access_grant"
                        + (id == null ? "" : " WHERE key_id = :id")
                        + " ORDER BY role, scope")
                .bindMap(bindings(id))
                .map((row, context) -> grants.computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                        .add(new Grant(Role.valueOf(row.getString(2)), row.getString(3))))
                .list();
        return grants;
    }

    private static Map<String, String> bindings(KeyId id) {
        return id == null ? Map.of() : Map.of("id", id.hex());
    }
}
