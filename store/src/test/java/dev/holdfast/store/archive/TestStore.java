package dev.holdfast.store.archive;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.manifest.ManifestWriter;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackWriter;
import dev.holdfast.store.pack.StoredPacks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A store in memory with small blocks and small packs, written without the door. */
public final class TestStore {
    public static final int BLOCK = 4096;
    public static final GroupId PROJECT = new GroupId("5f0000000000000000000001");

    private static final int SLOTS_OF_A_PACK = 5;

    public final MemoryBlobStore blobs = new MemoryBlobStore();
    public final StoreDescriptor descriptor;
    private final UnaryOperator<byte[]> encoder;
    private final Map<BlockId, BlockLocation> known = new HashMap<>();
    private PackWriter pack;
    private int nextPack;

    public TestStore() {
        this(deflater());
    }

    /** A store whose segments are made by {@code encoder}. */
    public TestStore(UnaryOperator<byte[]> encoder) {
        this.encoder = encoder;
        descriptor = new StoreDescriptor("00112233445566778899aabbccddeeff", BLOCK, "small", segment(new byte[BLOCK]));
    }

    public static PartId part(int number) {
        return new PartId(String.format("5f00000000000000%08x", number));
    }

    public static ArchiveFrame frame(int topFolderLength, ArchiveFrame.ExtraFile... extras) {
        return new ArchiveFrame(topFolderLength, List.of(extras));
    }

    /** Packs that have cached nothing. */
    public StoredPacks packs() {
        return new StoredPacks(blobs, descriptor.storeId(), 8, 1 << 20);
    }

    public ManifestWriter writer(PartId part, ArchiveFrame frame) {
        return new ManifestWriter(blobs, descriptor, PROJECT, part, frame, packs());
    }

    public StoredPart open(PartId part) {
        return Manifests.open(blobs, descriptor, packs(), PROJECT, part);
    }

    /** Stores the files (packs first) and then their manifest. */
    public StoredPart write(PartId part, ArchiveFrame frame, List<TestFile> files) {
        for (TestFile file : files) {
            locations(file.content());
        }
        sealPack();
        try (ManifestWriter writer = writer(part, frame)) {
            for (TestFile file : files) {
                writer.entry(file.entry());
                BlockLocation[] locations = locations(file.content());
                writer.blocks(locations, locations.length);
            }
            var summary = writer.finish(7);
            StoredPart stored = open(part);
            if (!stored.summary().equals(summary)) {
                throw new AssertionError("wrote " + summary + ", read " + stored.summary());
            }
            return stored;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Where the blocks of {@code content} lie; new ones are put into the current pack. Null for zeros. */
    public BlockLocation[] locations(byte[] content) {
        BlockLocation[] locations = new BlockLocation[(content.length + BLOCK - 1) / BLOCK];
        for (int i = 0; i < locations.length; i++) {
            byte[] block = Arrays.copyOfRange(content, i * BLOCK, Math.min(content.length, (i + 1) * BLOCK));
            boolean zeros = block.length == BLOCK && Arrays.equals(block, new byte[BLOCK]);
            locations[i] = zeros ? null : known.computeIfAbsent(id(block), id -> put(id, block));
        }
        return locations;
    }

    public void sealPack() {
        if (pack != null) {
            var unused = pack.seal();
            pack = null;
        }
    }

    /** Flips one bit of a blob behind the back of everyone. */
    public void flip(String name, long offset) {
        byte[] bytes = bytes(name);
        bytes[(int) offset] ^= 0x10;
        replace(name, bytes);
    }

    public void truncate(String name, int length) {
        replace(name, Arrays.copyOf(bytes(name), length));
    }

    public byte[] bytes(String name) {
        try (var reader = blobs.open(name)) {
            byte[] bytes = new byte[(int) reader.size()];
            var unused = reader.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    /** All bytes of a range, through a buffer of that size. */
    public static byte[] read(Archive archive, long from, long to, int bufferSize) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(bufferSize);
        try (ArchiveReader reader = archive.read(from, to)) {
            while (true) {
                buffer.clear();
                int count = reader.read(buffer);
                if (count < 0) {
                    return out.toByteArray();
                }
                if (count < 1 || count != buffer.position()) {
                    throw new AssertionError("put " + buffer.position() + " bytes, said " + count);
                }
                byte[] bytes = new byte[count];
                buffer.flip().get(bytes);
                out.writeBytes(bytes);
            }
        }
    }

    public static byte[] read(Archive archive) {
        return read(archive, 0, archive.length(), 64 << 10);
    }

    private void replace(String name, byte[] bytes) {
        var unused = blobs.delete(name);
        blobs.put(name, bytes);
    }

    private BlockLocation put(BlockId id, byte[] block) {
        if (pack != null && pack.slots() == SLOTS_OF_A_PACK) {
            sealPack();
        }
        if (pack == null) {
            PackId packId = new PackId(String.format("%032x", ++nextPack));
            pack = PackWriter.begin(blobs, descriptor.storeId(), PROJECT, packId);
        }
        byte[] segment = segment(block);
        BlockLocation location = new BlockLocation(pack.id(), pack.slots());
        pack.append(id, block.length, Checksums.crc32(block, 0, block.length), segment, 0, segment.length);
        return location;
    }

    private byte[] segment(byte[] block) {
        return encoder.apply(block);
    }

    private static UnaryOperator<byte[]> deflater() {
        SegmentEncoder encoder = new SegmentEncoder(SegmentLevel.SMALL);
        return block -> {
            byte[] target = new byte[SegmentEncoder.maxLength(block.length) + 1];
            int length = encoder.encode(block, 0, block.length, target, 0);
            return Arrays.copyOf(target, length);
        };
    }

    private static BlockId id(byte[] block) {
        try {
            return BlockId.of(MessageDigest.getInstance("SHA-256").digest(block), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
