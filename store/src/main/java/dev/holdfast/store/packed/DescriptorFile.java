package dev.holdfast.store.packed;

import dev.holdfast.contract.segment.BadSegment;
import dev.holdfast.contract.segment.SegmentCheck;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.format.FileStart;
import dev.holdfast.store.format.UnknownFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The first file of a store. */
public final class DescriptorFile {
    /** Its name as a blob. */
    public static final String NAME = "store";

    private static final String MAGIC = "HOLDSTOR";
    private static final int FIXED = FileStart.LENGTH + 4 + 1 + 4;
    private static final byte FAST = 1;
    private static final byte SMALL = 2;

    private DescriptorFile() {}

    /** A new descriptor, written nowhere yet. */
    static StoreDescriptor make(StoreSettings settings, RandomGenerator random) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        int blockSize = settings.blockSize();
        byte[] segment = new byte[SegmentEncoder.maxLength(blockSize)];
        int length = new SegmentEncoder(SegmentLevel.FAST).encode(new byte[blockSize], 0, blockSize, segment, 0);
        return new StoreDescriptor(
                HexFormat.of().formatHex(id), blockSize, settings.level().text(), Arrays.copyOf(segment, length));
    }

    /** {@code encrypted} says that all other files of the store are sealed. */
    static byte[] encode(StoreDescriptor descriptor, boolean encrypted) {
        byte[] zero = descriptor.zeroSegment();
        ByteBuffer file = ByteBuffer.allocate(FIXED + zero.length + 4);
        FileStart.write(file, MAGIC, version(encrypted), descriptor.storeId());
        file.putInt(descriptor.blockSize());
        file.put(SegmentLevel.of(descriptor.level()) == SegmentLevel.FAST ? FAST : SMALL);
        file.putInt(zero.length).put(zero);
        file.putInt(Checksums.crc32c(file.array(), 0, file.position()));
        return file.array();
    }

    /**
     * Reads the descriptor of the store in {@code blobs}.
     *
     * @throws UnknownFormat if there is no store of ours, or a newer one, or if it is encrypted and {@code blobs} are
     *     not, or the other way round
     * @throws Corruption if it is damaged
     */
    public static StoreDescriptor read(BlobStore blobs) {
        try (BlobReader blob = blobs.open(NAME)) {
            ByteBuffer file = ByteBuffer.allocate((int) Math.min(blob.size(), 8 << 20));
            int length = blob.read(0, file);
            requireSame(FileStart.isSealed(file.flip()), blobs.encrypts());
            return decode(file, length == blob.size(), version(blobs.encrypts()));
        } catch (NoSuchBlob e) {
            throw new UnknownFormat("there is no store in " + blobs + "\nHINT: check the path of the data directory.");
        }
    }

    private static int version(boolean encrypted) {
        return encrypted ? FileStart.SEALED_VERSION : FileStart.VERSION;
    }

    private static void requireSame(boolean encrypted, boolean encrypts) {
        if (encrypted && !encrypts) {
            throw new UnknownFormat(
                    "the store is encrypted (format version 2), and no key was given"
                            + "\nHINT: give the settings that serve has, with encryption.key-file or encryption.kmip, as --config.");
        }
        if (encrypts && !encrypted) {
            throw new UnknownFormat("the store is not encrypted, and the settings ask for encryption"
                    + "\nHINT: a store is encrypted from its beginning or not at all: take encryption out of the settings,"
                    + " or begin a new store.");
        }
    }

    private static StoreDescriptor decode(ByteBuffer file, boolean whole, int version) {
        String storeId = FileStart.read(file, NAME, MAGIC, version);
        int size = file.limit();
        if (!whole || size < FIXED + 4 || file.getInt(FIXED - 4) != size - FIXED - 4) {
            throw new Corruption(NAME, FIXED - 4, "its " + size + " bytes are too few or too many");
        }
        if (Checksums.crc32c(file.array(), 0, size - 4) != file.getInt(size - 4)) {
            throw new Corruption(NAME, size - 4, "it does not have its checksum");
        }
        int blockSize = file.getInt();
        byte level = file.get();
        if (level != FAST && level != SMALL) {
            throw new Corruption(NAME, FIXED - 5, "unknown level " + level);
        }
        byte[] zero = Arrays.copyOfRange(file.array(), FIXED, size - 4);
        checkZeroSegment(blockSize, zero);
        SegmentLevel asked = level == FAST ? SegmentLevel.FAST : SegmentLevel.SMALL;
        return new StoreDescriptor(storeId, blockSize, asked.text(), zero);
    }

    private static void checkZeroSegment(int blockSize, byte[] zero) {
        try {
            StoreSettings.requireBlockSize(blockSize);
            byte[] plain = new byte[blockSize];
            Arrays.fill(plain, (byte) 1);
            new SegmentCheck().check(zero, 0, zero.length, plain, blockSize);
            if (!Arrays.equals(plain, new byte[blockSize])) {
                throw new BadSegment("the zero segment holds something else than zeros");
            }
        } catch (BadSegment | IllegalArgumentException e) {
            throw new Corruption(NAME, FileStart.LENGTH, e.getMessage());
        }
    }
}
