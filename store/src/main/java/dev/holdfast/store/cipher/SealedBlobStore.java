package dev.holdfast.store.cipher;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.format.FileStart;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import javax.crypto.SecretKey;

/**
 * Blobs that are plain to whoever uses them and sealed in the blob store below. The descriptor and {@code keys/} go
 * through as they are. Does no I/O until it is used; learns the store's id from the descriptor.
 */
public final class SealedBlobStore implements BlobStore {
    private static final String DESCRIPTOR = "store";
    private static final int ID_AT = 12;

    private final BlobStore raw;
    private final WatchedKeys wrapper;
    private final SecureRandom random;
    private final KeyFiles files;
    private final KeyRings rings;
    private final CipherPool ciphers = new CipherPool();
    private volatile String storeId;

    /**
     * Seals what goes into {@code raw}. Both {@code raw} and {@code wrapper} belong to this store and are closed with it.
     *
     * @param lifetime how old the last look at a project's ring may be when a part is opened
     * @param random source of keys and nonces
     */
    public SealedBlobStore(BlobStore raw, KeyWrapper wrapper, Duration lifetime, Clock clock, SecureRandom random) {
        this.raw = raw;
        this.wrapper = new WatchedKeys(wrapper, clock);
        this.random = random;
        this.files = new KeyFiles(raw, this::storeId);
        this.rings = new KeyRings(files, this.wrapper, lifetime, clock, random);
    }

    /** Its keys: what there is, and how to change it. */
    public StoreKeys keys() {
        return new StoreKeys(files, rings, wrapper, random);
    }

    @Override
    public boolean encrypts() {
        return true;
    }

    @Override
    public BlobWriter create(String name) {
        return writer(name, raw::create);
    }

    @Override
    public BlobWriter replacement(String name) {
        return writer(name, raw::replacement);
    }

    private BlobWriter writer(String name, Function<String, BlobWriter> begin) {
        SealedKind kind = SealedKind.of(name);
        if (kind == null) {
            if (!name.equals(DESCRIPTOR)) {
                throw new IllegalArgumentException(
                        "a kind of file that is not known must not be written plain: " + name);
            }
            return begin.apply(name);
        }
        GroupId project = kind.project(name).orElseThrow(() -> new IllegalArgumentException("no project: " + name));
        ProjectKeys keys = keysForWriting(project);
        String hidden = kind == SealedKind.PAGE ? PageNames.hide(keys.nameKey(), name) : name;
        SealedHeader header = SealedHeader.make(kind, storeId(), keys.newest().generation());
        SecretKey key = keys.newest().of(header.bytes(), hidden);
        BlobWriter writer = begin.apply(hidden);
        try {
            return kind == SealedKind.PACK
                    ? new PackSealer(name, writer, header, key, random)
                    : new EvenWriter(writer, header, key, random);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public BlobReader open(String name) {
        SealedKind kind = SealedKind.of(name);
        if (kind == null) {
            return raw.open(name);
        }
        BlobReader reader = raw.open(hidden(name));
        try {
            return open(kind, name, reader);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private BlobReader open(SealedKind kind, String name, BlobReader reader) {
        GroupId project = kind.project(name)
                .orElseThrow(() -> new Corruption(name, 0, "it lies among a project's files, but names no project"));
        SealedHeader header = SealedHeader.read(reader, name, kind, storeId());
        HeldRing ring = rings.of(project);
        // whoever reads a root begins something new; all else belongs to what is under way
        ProjectKeys keys = kind == SealedKind.ROOT ? ring.fresh() : ring.held();
        if (keys == null) {
            throw new Corruption(
                    name, 0, "it is sealed, and the ring with the keys of project " + project + " is gone");
        }
        SecretKey key =
                rings.generation(project, keys, header.generation(), name).of(header.bytes(), hidden(name));
        return new SealedReader(reader, name, key, frames(kind, name, reader, header, key), ciphers);
    }

    private FrameMap frames(SealedKind kind, String name, BlobReader reader, SealedHeader header, SecretKey key) {
        if (kind != SealedKind.PACK) {
            return FrameMap.even(name, reader.size(), header.frame());
        }
        SegmentCipher cipher = ciphers.take();
        try {
            return PackFrames.read(reader, name, key, cipher);
        } finally {
            ciphers.give(cipher);
        }
    }

    @Override
    public List<String> list(String prefix) {
        List<String> names = new ArrayList<>();
        for (String name : raw.list(rawPrefix(prefix))) {
            String plain = revealed(name);
            if (plain.startsWith(prefix)) {
                names.add(plain);
            }
        }
        names.sort(null);
        return names;
    }

    @Override
    public List<BlobEntry> survey(String prefix) {
        List<BlobEntry> entries = new ArrayList<>();
        for (BlobEntry entry : raw.survey(rawPrefix(prefix))) {
            String plain = revealed(entry.name());
            if (plain.startsWith(prefix)) {
                entries.add(entry.named(plain));
            }
        }
        entries.sort(Comparator.comparing(BlobEntry::name));
        return entries;
    }

    /** Below a project's folder the names of pages here and there have nothing in common. */
    private static String rawPrefix(String prefix) {
        String pages = SealedKind.PAGE.prefix();
        if (!prefix.startsWith(pages) && !pages.startsWith(prefix)) {
            return prefix;
        }
        int slash = prefix.indexOf('/', Math.min(pages.length(), prefix.length()));
        return slash < 0 ? prefix : prefix.substring(0, slash + 1);
    }

    @Override
    public OptionalLong writtenMillis(String name) {
        return raw.writtenMillis(hidden(name));
    }

    @Override
    public OptionalLong clockMillis() {
        return raw.clockMillis();
    }

    @Override
    public int giveUpUnfinished(long ageMillis) {
        return raw.giveUpUnfinished(ageMillis);
    }

    @Override
    public boolean delete(String name) {
        return raw.delete(hidden(name));
    }

    @Override
    public void close() {
        try {
            raw.close();
        } finally {
            wrapper.close();
        }
    }

    /** How the place below is called. */
    @Override
    public String toString() {
        return raw.toString();
    }

    /** The name below; a project that has no ring has no pages either, so any name will do. */
    private String hidden(String name) {
        ProjectKeys keys = SealedKind.of(name) == SealedKind.PAGE ? keysOfPage(name) : null;
        return keys == null ? name : PageNames.hide(keys.nameKey(), name);
    }

    /** The name here; a file that is not called like one of ours keeps its name, so that verify can complain of it. */
    private String revealed(String name) {
        ProjectKeys keys = SealedKind.of(name) == SealedKind.PAGE ? keysOfPage(name) : null;
        return keys == null ? name : PageNames.reveal(keys.nameKey(), name).orElse(name);
    }

    private ProjectKeys keysOfPage(String name) {
        return SealedKind.PAGE
                .project(name)
                .map(project -> rings.of(project).held())
                .orElse(null);
    }

    private ProjectKeys keysForWriting(GroupId project) {
        HeldRing ring = rings.of(project);
        ProjectKeys keys = ring.held();
        return keys != null ? keys : ring.orMade(isEmpty(project));
    }

    private boolean isEmpty(GroupId project) {
        for (SealedKind kind : SealedKind.values()) {
            if (!raw.list(kind.prefix() + project.hex() + "/").isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The store's id; it is in the clear, and files that bear another one will not open. */
    private String storeId() {
        if (storeId == null) {
            try (BlobReader descriptor = raw.open(DESCRIPTOR)) {
                ByteBuffer start = ByteBuffer.allocate(FileStart.LENGTH);
                descriptor.read(0, start);
                if (!FileStart.isSealed(start.flip())) {
                    throw new Corruption(DESCRIPTOR, FileStart.MAGIC_LENGTH, "it is not that of an encrypted store");
                }
                storeId = HexFormat.of().formatHex(start.array(), ID_AT, FileStart.LENGTH);
            } catch (NoSuchBlob e) {
                throw new Corruption(DESCRIPTOR, 0, "the descriptor is gone");
            }
        }
        return storeId;
    }
}
