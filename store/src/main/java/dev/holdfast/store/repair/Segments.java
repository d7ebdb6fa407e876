package dev.holdfast.store.repair;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.segment.BadSegment;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.pack.BlockInspector;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackFile;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds single segments in packs, and believes none that was not inflated and hashed. For one thread. */
final class Segments {
    private final StoreDescriptor store;
    private final BlockInspector inspector;
    private final byte[] buffer;

    Segments(StoreDescriptor store) {
        this.store = store;
        this.inspector = new BlockInspector(store.blockSize());
        this.buffer = new byte[SegmentEncoder.maxLength(store.blockSize())];
    }

    /** What a slot must hold. */
    record Wanted(BlockId block, int plainLength, int storedLength, int plainCrc32, int storedCrc32c) {
        static Wanted of(PackIndex index, int slot) {
            return new Wanted(
                    index.block(slot),
                    index.plainLength(slot),
                    index.storedLength(slot),
                    index.plainCrc32(slot),
                    index.storedCrc32c(slot));
        }
    }

    /** The index of a pack, if it can be read and is right. */
    Optional<PackIndex> index(BlobStore blobs, GroupId project, PackId pack) {
        String name = PackNames.name(project, pack);
        try (BlobReader blob = blobs.open(name)) {
            return Optional.of(PackFile.read(blob, name, store.storeId(), project, pack));
        } catch (Corruption | NoSuchBlob | Unavailable e) {
            return Optional.empty();
        }
    }

    /** As {@link #index}, of a pack whose header may be damaged: that says nothing which the name does not say too. */
    Optional<PackIndex> indexWithoutHeader(BlobStore blobs, GroupId project, PackId pack) {
        String name = PackNames.name(project, pack);
        try (BlobReader blob = blobs.open(name)) {
            return Optional.of(PackFile.readIndex(blob, name));
        } catch (Corruption | NoSuchBlob | Unavailable e) {
            return Optional.empty();
        }
    }

    /** The segment at {@code offset} of a file if it is exactly what is wanted, else null. */
    byte[] read(BlobStore blobs, String name, long offset, Wanted wanted) {
        int length = wanted.storedLength();
        if (length > buffer.length) {
            return null;
        }
        try (BlobReader blob = blobs.open(name)) {
            if (blob.read(offset, ByteBuffer.wrap(buffer, 0, length)) < length
                    || Checksums.crc32c(buffer, 0, length) != wanted.storedCrc32c()
                    || inspector.inspect(wanted.block(), wanted.plainLength(), buffer, 0, length)
                            != wanted.plainCrc32()) {
                return null;
            }
            return Arrays.copyOf(buffer, length);
        } catch (BadSegment | NoSuchBlob | Unavailable e) {
            return null;
        }
    }

    /** Where else in a project slots say that they hold what is wanted, byte for byte. Reads all its pack indices. */
    Map<Wanted, List<BlockLocation>> elsewhere(BlobStore blobs, GroupId project, Set<Wanted> wanted) {
        Map<Wanted, List<BlockLocation>> found = new HashMap<>();
        for (PackId pack : PackNames.list(blobs, project)) {
            index(blobs, project, pack).ifPresent(index -> {
                for (int slot = 0; slot < index.size(); slot++) {
                    Wanted here = Wanted.of(index, slot);
                    if (wanted.contains(here)) {
                        found.computeIfAbsent(here, key -> new ArrayList<>()).add(new BlockLocation(pack, slot));
                    }
                }
            });
        }
        return found;
    }
}
