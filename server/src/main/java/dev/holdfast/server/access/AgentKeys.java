package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.database.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The keys that agents send snapshots with. Each belongs to one project; a project may have several at once, so that
 * one can be replaced without a gap: make the new one, give it to the agents, delete the old one.
 *
 * <p>A token is 256 random bits, so its SHA-256 can be stored and indexed as it is: there is nothing to guess.
 */
public final class AgentKeys {
    private static final int TOKEN_BYTES = 32;
    private static final int TOKEN_LENGTH = 43;

    private final Database database;
    private final ObjectIds ids;
    private final SecureRandom random;
    private final KeyWatch watch;

    /** The agent keys in {@code database}. */
    public AgentKeys(Database database, ObjectIds ids, SecureRandom random) {
        this(database, ids, random, KeyWatch.NONE);
    }

    /** The same; {@code watch} is told of new ones. */
    public AgentKeys(Database database, ObjectIds ids, SecureRandom random, KeyWatch watch) {
        this.watch = watch;
        this.database = database;
        this.ids = ids;
        this.random = random;
    }

    /** As {@link #createAgentKey(Handle, GroupId, String, Instant)}, in a transaction of its own. */
    public NewAgentKey createAgentKey(GroupId group, String desc, Instant now) {
        return database.write(tx -> createAgentKey(tx, group, desc, now));
    }

    /**
     * Makes a key for the agents of a project. Its token is in the answer and nowhere else.
     *
     * @param group a project; whether it exists is for the caller to know
     * @param desc what it is for, 1 to 250 characters
     * @throws dev.holdfast.contract.trouble.Refusal INVALID_ATTRIBUTE for another {@code desc}
     */
    public NewAgentKey createAgentKey(Handle tx, GroupId group, String desc, Instant now) {
        Keys.requireDesc(desc);
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        KeyId id = new KeyId(ids.next());
        tx.execute(
                "INSERT INTO access_agent_key (id, group_id, description, token_sha256, created)"
                        + " VALUES (?, ?, ?, ?, ?)",
                id.hex(),
                group.hex(),
                desc,
                sha256(token),
                now.toEpochMilli());
        watch.createdForAgents(tx, id, group, desc, now);
        return new NewAgentKey(id, group, token);
    }

    /** The agent keys of a project, oldest first. */
    public List<AgentKey> list(GroupId group) {
        return database.read(handle -> handle.createQuery("SELECT id, description, created FROM access_agent_key"
                        + " WHERE group_id = ? ORDER BY created, id")
                .bind(0, group.hex())
                .map((row, context) -> new AgentKey(
                        new KeyId(row.getString(1)), group, row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
                .list());
    }

    /** As {@link #delete(Handle, KeyId)}, in a transaction of its own. */
    public boolean delete(KeyId id) {
        return database.write(tx -> delete(tx, id));
    }

    /** Deletes an agent key, which is refused from then on by every node; false if there is none. */
    public boolean delete(Handle tx, KeyId id) {
        return tx.execute("DELETE FROM access_agent_key WHERE id = ?", id.hex()) == 1;
    }

    /** Deletes the agent keys of a project that is no more. */
    public void forget(Handle tx, GroupId group) {
        tx.execute("DELETE FROM access_agent_key WHERE group_id = ?", group.hex());
    }

    /** The project whose key {@code token} is. */
    Optional<GroupId> group(String token) {
        if (token.length() != TOKEN_LENGTH) {
            return Optional.empty();
        }
        String hash = sha256(token);
        record Row(GroupId group, String hash) {}
        // the index finds by hash, of which a caller cannot choose a single bit; the comparison is constant-time anyway
        return database.read(handle -> handle.createQuery(
                                "SELECT group_id, token_sha256 FROM access_agent_key WHERE token_sha256 = ?")
                        .bind(0, hash)
                        .map((row, context) -> new Row(new GroupId(row.getString(1)), row.getString(2)))
                        .findOne())
                .filter(row -> MessageDigest.isEqual(ascii(row.hash()), ascii(hash)))
                .map(Row::group);
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ascii(token)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
