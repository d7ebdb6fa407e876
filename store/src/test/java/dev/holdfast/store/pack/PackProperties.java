package dev.holdfast.store.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.TestPacks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PackProperties {
    private static final PackId ID = new PackId("00112233445566778899aabbccddeeff");

    private final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore());

    @Property(tries = 60)
    void whatIsAppended_isReadBack(@ForAll @IntRange(min = 1, max = 700) int slots, @ForAll long seed) {
        List<byte[]> segments = new ArrayList<>();
        PackIndex sealed = write(slots, seed, segments);
        try (StoredPacks packs = new StoredPacks(blobs, TestPacks.STORE, 1, 0)) {
            PackIndex read = packs.index(TestPacks.PROJECT, ID);
            assertThat(read.size()).isEqualTo(slots).isEqualTo(sealed.size());
            for (int slot = 0; slot < slots; slot++) {
                byte[] segment = segments.get(slot);
                ByteBuffer bytes = ByteBuffer.allocate(read.storedLength(slot));
                assertThat(packs.reader(TestPacks.PROJECT, ID).read(read.offset(slot), bytes))
                        .isEqualTo(segment.length);
                assertThat(bytes.array()).isEqualTo(segment);
                assertThat(read.block(slot)).isEqualTo(TestPacks.id(slot)).isEqualTo(sealed.block(slot));
                assertThat(read.plainLength(slot)).isEqualTo(slot + 1).isEqualTo(sealed.plainLength(slot));
                assertThat(read.plainCrc32(slot)).isEqualTo(-slot).isEqualTo(sealed.plainCrc32(slot));
                assertThat(read.storedCrc32c(slot))
                        .isEqualTo(Checksums.crc32c(segment, 0, segment.length))
                        .isEqualTo(sealed.storedCrc32c(slot));
                assertThat(read.offset(slot)).isEqualTo(sealed.offset(slot));
            }
        }
    }

    @Property(tries = 60)
    void truncatedPack_isCorrupt(@ForAll @IntRange(min = 1, max = 50) int slots, @ForAll long seed) {
        write(slots, seed, new ArrayList<>());
        String name = PackNames.name(TestPacks.PROJECT, ID);
        blobs.truncate(name, new Random(seed).nextInt(blobs.content(name).length));
        assertCorrupt(name);
    }

    @Property(tries = 200)
    void flippedByteAroundTheSegments_isCorrupt(@ForAll @IntRange(min = 1, max = 50) int slots, @ForAll long seed) {
        PackIndex index = write(slots, seed, new ArrayList<>());
        String name = PackNames.name(TestPacks.PROJECT, ID);
        int size = blobs.content(name).length;
        int end = (int) index.offset(slots - 1) + index.storedLength(slots - 1);
        int around = new Random(seed).nextInt(PackFormat.HEADER + size - end);
        blobs.flip(name, around < PackFormat.HEADER ? around : end + around - PackFormat.HEADER);
        assertCorrupt(name);
    }

    private void assertCorrupt(String name) {
        try (StoredPacks packs = new StoredPacks(blobs, TestPacks.STORE, 1, 0)) {
            assertThatThrownBy(() -> packs.index(TestPacks.PROJECT, ID))
                    .isInstanceOfSatisfying(
                            Corruption.class, e -> assertThat(e.blob()).isEqualTo(name));
        }
    }

    private PackIndex write(int slots, long seed, List<byte[]> segments) {
        blobs.list("").forEach(blobs::delete);
        Random random = new Random(seed);
        try (PackWriter pack = PackWriter.begin(blobs, TestPacks.STORE, TestPacks.PROJECT, ID)) {
            for (int slot = 0; slot < slots; slot++) {
                byte[] padded = new byte[3 + 1 + random.nextInt(40)];
                random.nextBytes(padded);
                pack.append(TestPacks.id(slot), slot + 1, -slot, padded, 3, padded.length - 3);
                segments.add(java.util.Arrays.copyOfRange(padded, 3, padded.length));
            }
            return pack.seal();
        }
    }
}
