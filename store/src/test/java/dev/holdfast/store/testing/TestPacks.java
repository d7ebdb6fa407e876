package dev.holdfast.store.testing;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackWriter;
import dev.holdfast.store.pack.StoredPacks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Packs of made-up blocks, for tests that do not look into segments. */
public final class TestPacks {
    /** A store id. */
    public static final String STORE = "000102030405060708090a0b0c0d0e0f";

    /** A project. */
    public static final GroupId PROJECT = new GroupId("5f0000000000000000000001");

    /** Where they lie. */
    public final MemoryBlobStore blobs = new MemoryBlobStore();

    /** All of them. */
    public final StoredPacks packs = new StoredPacks(blobs, STORE, 4, 1 << 20);

    private final Random random;

    public TestPacks(long seed) {
        this.random = new Random(seed);
    }

    /** The id of the block number {@code n}. */
    public static BlockId id(int n) {
        try {
            byte[] text = Integer.toString(n).getBytes(StandardCharsets.US_ASCII);
            return BlockId.of(MessageDigest.getInstance("SHA-256").digest(text), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Seals a pack of these blocks. */
    public PackId add(int... blocks) {
        PackId id = newId();
        try (PackWriter pack = PackWriter.begin(blobs, STORE, PROJECT, id)) {
            for (int block : blocks) {
                byte[] segment = new byte[1 + (block & 15)];
                random.nextBytes(segment);
                pack.append(id(block), 100 + block, block, segment, 0, segment.length);
            }
            if (pack.seal().size() != blocks.length) {
                throw new AssertionError("a pack lost blocks");
            }
        }
        return id;
    }

    /** What a pack holds, read from its file. */
    public PackIndex index(PackId pack) {
        return packs.index(PROJECT, pack);
    }

    /** A random id. */
    public PackId newId() {
        byte[] id = new byte[PackId.LENGTH];
        random.nextBytes(id);
        return new PackId(HexFormat.of().formatHex(id));
    }
}
