package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Need;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The API keys: makes them, shows them, takes them away, and keeps their roles and access lists.
 *
 * <p>Methods with a {@code Handle} join the caller's transaction, the others have one of their own. A change is obeyed
 * at once by this process and within {@link KnownKeys#TTL} by others; one made in the caller's transaction within that
 * time here as well, since we do not see it commit.
 */
public final class Keys {
    private static final int PUBLIC_KEY_LETTERS = 8;
    private static final int MAX_DESC = 250;
    // 26^8 public keys: with a million in use the next is taken once in 200,000 times
    private static final int ATTEMPTS = 20;

    private final Database database;
    private final SecretsKey secrets;
    private final ObjectIds ids;
    private final SecureRandom random;
    private final KeyWatch watch;
    private final DigestCheck digest = new DigestCheck();
    private final KnownKeys known = new KnownKeys();

    /** The keys in {@code database}, sealed with {@code secrets}. */
    public Keys(Database database, SecretsKey secrets, ObjectIds ids, SecureRandom random) {
        this(database, secrets, ids, random, KeyWatch.NONE);
    }

    /** The same; {@code watch} is told of new ones. */
    public Keys(Database database, SecretsKey secrets, ObjectIds ids, SecureRandom random, KeyWatch watch) {
        this.watch = watch;
        this.database = database;
        this.secrets = secrets;
        this.ids = ids;
        this.random = random;
    }

    /** As {@link #create(Handle, String, Collection, Instant)}, in a transaction of its own. */
    public NewApiKey create(String desc, Collection<Grant> grants, Instant now) {
        return database.write(tx -> create(tx, desc, grants, now));
    }

    /**
     * Makes a key. The private key is in the answer and nowhere else: what is stored is the HA1 of the digest,
     * encrypted.
     *
     * @param desc what it is for, 1 to 250 characters
     * @throws Refusal INVALID_ATTRIBUTE for another {@code desc}
     */
    public NewApiKey create(Handle tx, String desc, Collection<Grant> grants, Instant now) {
        return create(tx, null, desc, grants, now);
    }

    /**
     * As {@link #create(Handle, String, Collection, Instant)}, for a key that belongs to an organisation: a member of it
     * whatever its roles, and shown among its keys.
     */
    public NewApiKey create(Handle tx, OrgId org, String desc, Collection<Grant> grants, Instant now) {
        requireDesc(desc);
        String privateKey = randomUuid().toString();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            KeyId id = new KeyId(ids.next());
            String publicKey = randomLetters();
            ApiKey key = new ApiKey(id, publicKey, desc, masked(privateKey), List.copyOf(grants), now, org);
            SealedHa1 ha1 = SealedHa1.seal(secrets, publicKey, digest.ha1(publicKey, privateKey), random);
            if (KeyTable.insert(tx, key, ha1)) {
                watch.created(tx, key);
                return new NewApiKey(id, publicKey, privateKey);
            }
        }
        throw new IllegalStateException("no free public key in " + ATTEMPTS + " attempts");
    }

    /** Every key, oldest first. */
    public List<ApiKey> list() {
        return database.read(handle -> list(handle, KeyTable.Which.all()));
    }

    /** Some keys, oldest first. */
    List<ApiKey> list(Handle handle, KeyTable.Which which) {
        return KeyTable.keys(handle, which);
    }

    /** A key by its id. */
    public Optional<ApiKey> find(KeyId id) {
        return database.read(handle -> find(handle, id));
    }

    /** A key by its id, as the caller's transaction sees it. */
    public Optional<ApiKey> find(Handle handle, KeyId id) {
        return list(handle, KeyTable.Which.one(id)).stream().findFirst();
    }

    /** A key by what its owner signs in with. */
    public Optional<ApiKey> findByPublicKey(String publicKey) {
        return database.read(handle -> KeyTable.signature(handle, publicKey).flatMap(row -> find(handle, row.id())));
    }

    /** As {@link #delete(Handle, KeyId)}, in a transaction of its own. */
    public boolean delete(KeyId id) {
        return changing(tx -> delete(tx, id));
    }

    /** Deletes a key with its roles and its access list; false if there is none. */
    public boolean delete(Handle tx, KeyId id) {
        known.clear();
        return KeyTable.delete(tx, id);
    }

    /** As {@link #setGrants(Handle, KeyId, Collection)}, in a transaction of its own. */
    public void setGrants(KeyId id, Collection<Grant> grants) {
        changing(tx -> {
            setGrants(tx, id, grants);
            return null;
        });
    }

    /**
     * Replaces the roles of a key.
     *
     * @throws Refusal API_KEY_NOT_FOUND
     */
    public void setGrants(Handle tx, KeyId id, Collection<Grant> grants) {
        requireExists(tx, id);
        known.clear();
        KeyTable.deleteGrants(tx, id);
        KeyTable.insertGrants(tx, id, grants);
    }

    /**
     * Makes the key that {@code caller} signed in with the owner of a project that it just made; nothing happens when it
     * is the owner of everything, or no key.
     */
    public void own(Handle tx, Caller caller, GroupId group) {
        if (caller instanceof KeyCaller key && !key.may(Need.ADMIN, group)) {
            known.clear();
            KeyTable.insertGrants(tx, key.id(), List.of(Grant.in(group, Role.GROUP_OWNER)));
        }
    }

    /** Takes from every key its roles in a project that is no more. */
    public void forget(Handle tx, GroupId group) {
        known.clear();
        KeyTable.deleteGrants(tx, group);
    }

    /** The access list of a key, oldest entry first; empty when it has none. */
    public List<AccessListEntry> accessList(KeyId id) {
        return database.read(handle -> KeyTable.entries(handle, id));
    }

    /** As {@link #allow(Handle, KeyId, AddressBlock, Instant)}, in a transaction of its own. */
    public void allow(KeyId id, AddressBlock block, Instant now) {
        changing(tx -> {
            allow(tx, id, block, now);
            return null;
        });
    }

    /**
     * Adds an entry to the access list of a key; false, and nothing changes, when it is there.
     *
     * @throws Refusal API_KEY_NOT_FOUND
     */
    public boolean allow(Handle tx, KeyId id, AddressBlock block, Instant now) {
        requireExists(tx, id);
        known.clear();
        return KeyTable.insertEntry(tx, id, block, now);
    }

    /** As {@link #disallow(Handle, KeyId, AddressBlock)}, in a transaction of its own. */
    public boolean disallow(KeyId id, AddressBlock block) {
        return changing(tx -> disallow(tx, id, block));
    }

    /** Takes exactly this entry off the access list of a key; false if it is not there. */
    public boolean disallow(Handle tx, KeyId id, AddressBlock block) {
        known.clear();
        return KeyTable.deleteEntry(tx, id, block);
    }

    /**
     * Seals with the first line of {@code secrets.key} what another line sealed. Call it at start: it also finds out
     * whether the file belongs to this database.
     *
     * @return how many keys were sealed anew
     * @throws dev.holdfast.contract.trouble.Unavailable if a key was sealed with a secret that the file lacks; then
     *     nothing was changed
     */
    public int reseal() {
        String current = secrets.current().id();
        if (database.read(handle -> KeyTable.sealedOtherwise(handle, current)).isEmpty()) {
            return 0;
        }
        return changing(tx -> {
            List<KeyTable.Signature> old = KeyTable.sealedOtherwise(tx, current);
            for (KeyTable.Signature key : old) {
                Ha1 ha1 = key.ha1().open(secrets, key.publicKey());
                KeyTable.updateHa1(tx, key.id(), SealedHa1.seal(secrets, key.publicKey(), ha1, random));
            }
            return old.size();
        });
    }

    /** The cache that every change must clear. */
    KnownKeys known() {
        return known;
    }

    Optional<KeyTable.Signature> signature(String publicKey) {
        return database.read(handle -> KeyTable.signature(handle, publicKey));
    }

    KeyCaller caller(KeyTable.Signature key) {
        return database.read(handle -> caller(handle, key));
    }

    /** What the holder of a key may do now; empty if there is no such key. */
    Optional<KeyCaller> caller(KeyId id) {
        return database.read(handle -> KeyTable.signature(handle, id).map(key -> caller(handle, key)));
    }

    private static KeyCaller caller(Handle handle, KeyTable.Signature key) {
        List<Grant> grants = KeyTable.grants(handle, key.id());
        return KeyCaller.of(key.id(), key.publicKey(), key.org(), grants, effectiveList(handle, key.id(), grants));
    }

    /** From where a key with these roles may be used: its own list, and for a global key the common one too. */
    static List<AddressBlock> effectiveList(Handle handle, KeyId id, List<Grant> grants) {
        List<AddressBlock> list = new ArrayList<>();
        KeyTable.entries(handle, id).forEach(entry -> list.add(entry.block()));
        if (grants.stream().anyMatch(grant -> grant.role().scope() == Role.Scope.GLOBAL)) {
            GlobalListTable.all(handle).forEach(entry -> list.add(entry.block()));
        }
        return list;
    }

    static void requireDesc(String desc) {
        if (desc == null || desc.isBlank() || desc.length() > MAX_DESC || desc.indexOf('\0') >= 0) {
            throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, "desc")
                    .saying("desc says what the key is for, in 1 to " + MAX_DESC + " characters.");
        }
    }

    <T> T reading(Function<Handle, T> work) {
        return database.read(work);
    }

    /** A change of keys in a transaction of its own. */
    <T> T changing(Function<Handle, T> work) {
        try {
            return database.write(work);
        } finally {
            // once more after the commit: a reader in between may have seen the rows as they were
            known.clear();
        }
    }

    private static void requireExists(Handle tx, KeyId id) {
        if (!KeyTable.exists(tx, id)) {
            throw new Refusal(ErrorCode.API_KEY_NOT_FOUND, id.hex());
        }
    }

    private String randomLetters() {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < PUBLIC_KEY_LETTERS; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    /** A random UUID, version 4 (RFC 9562), from our own source of chance. */
    private UUID randomUuid() {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static String masked(String privateKey) {
        return "********-****-****-" + privateKey.substring(privateKey.lastIndexOf('-') + 1);
    }
}
