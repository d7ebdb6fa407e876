package dev.holdfast.store.scrub;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.segment.BadSegment;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.pack.BlockInspector;
import dev.holdfast.store.pack.PackFile;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackNames;
import java.nio.ByteBuffer;

/** Reads a pack from its first to its last byte: every segment is what its slot says. */
final class PackScrub {
    private final StoreDescriptor store;
    private final BlockInspector inspector;
    private final byte[] segment;

    PackScrub(StoreDescriptor store) {
        this.store = store;
        this.inspector = new BlockInspector(store.blockSize());
        this.segment = new byte[SegmentEncoder.maxLength(store.blockSize())];
    }

    /** Answers the number of blocks; damages go to {@code findings}. */
    long read(String name, BlobReader blob, Findings findings) {
        PackIndex index;
        try {
            PackNames.Name parsed = PackNames.parse(name)
                    .orElseThrow(() -> new Corruption(name, 0, "a file among the packs that is not called like one"));
            index = PackFile.read(blob, name, store.storeId(), parsed.project(), parsed.pack());
        } catch (Corruption e) {
            findings.add(e);
            return 0;
        }
        for (int slot = 0; slot < index.size(); slot++) {
            try {
                read(name, blob, index, slot);
            } catch (BadSegment e) {
                findings.add(damage(name, index, slot, e.getMessage()));
            } catch (Corruption e) {
                findings.add(e);
            }
        }
        return index.size();
    }

    private void read(String name, BlobReader blob, PackIndex index, int slot) {
        int length = index.storedLength(slot);
        if (length > segment.length) {
            throw damage(name, index, slot, "it has " + length + " bytes, more than a segment can have");
        }
        if (blob.read(index.offset(slot), ByteBuffer.wrap(segment, 0, length)) < length) {
            throw damage(name, index, slot, "it is cut off");
        }
        if (Checksums.crc32c(segment, 0, length) != index.storedCrc32c(slot)) {
            throw damage(name, index, slot, "it does not have the checksum it was stored with");
        }
        BlockId block = index.block(slot);
        if (inspector.inspect(block, index.plainLength(slot), segment, 0, length) != index.plainCrc32(slot)) {
            throw damage(name, index, slot, "its plain bytes do not have their CRC-32");
        }
    }

    private static Corruption damage(String name, PackIndex index, int slot, String what) {
        return new Corruption(
                name, index.offset(slot), "segment " + slot + " (block " + index.block(slot) + "): " + what);
    }
}
