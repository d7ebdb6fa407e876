package dev.holdfast.store.repair;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.pack.PackFile;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.pack.PackWriter;
import dev.holdfast.store.packed.DescriptorFile;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Encodes a pack's blocks in another way that is as right as the first: an empty stored block goes before each. */
final class TestEncoding {
    private static final byte[] EMPTY = {0, 0, 0, (byte) 0xff, (byte) 0xff};

    private TestEncoding() {}

    static void rewrite(FaultyBlobStore blobs, GroupId project, PackId pack) {
        String name = PackNames.name(project, pack);
        String store = DescriptorFile.read(blobs).storeId();
        try (BlobReader blob = blobs.open(name);
                PackWriter writer = PackWriter.replace(blobs, store, project, pack)) {
            PackIndex index = PackFile.read(blob, name, store, project, pack);
            for (int slot = 0; slot < index.size(); slot++) {
                byte[] segment = Arrays.copyOf(EMPTY, EMPTY.length + index.storedLength(slot));
                int unread = index.storedLength(slot)
                        - blob.read(
                                index.offset(slot), ByteBuffer.wrap(segment, EMPTY.length, index.storedLength(slot)));
                if (unread != 0) {
                    throw new AssertionError(name + " is cut off");
                }
                writer.append(
                        index.block(slot), index.plainLength(slot), index.plainCrc32(slot), segment, 0, segment.length);
            }
            var unused = writer.seal();
        }
    }
}
