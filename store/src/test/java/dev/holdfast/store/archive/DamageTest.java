package dev.holdfast.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.manifest.ManifestVisitor;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.Packs;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DamageTest {
    private final TestStore store = new TestStore();
    private byte[] whole;

    @BeforeEach
    void writePart() {
        byte[] content = new byte[4 * TestStore.BLOCK + 10];
        new Random(3).nextBytes(content);
        List<TestFile> files = List.of(TestFile.top(), TestFile.file("f", content));
        whole = TestStore.read(
                store.write(TestStore.part(1), TestStore.frame(3), files).archive("top"));
    }

    @Test
    void everyFlippedByteOfARootIsFound() {
        assertEveryFlipIsFound(only("manifests/"), 1);
    }

    @Test
    void everyFlippedByteOfAPageIsFound() {
        assertEveryFlipIsFound(only("pages/"), 1);
    }

    @Test
    void flippedBytesAllOverAPackAreFound() {
        assertEveryFlipIsFound(only("packs/"), 37);
    }

    @Test
    void aFlippedByteOfASegmentIsFoundBeforeAnyByteOfItIsPut() {
        String pack = only("packs/");
        PackIndex index = index();
        for (int slot = 0; slot < index.size(); slot++) {
            for (int bufferSize : new int[] {100, 5000, 1 << 20}) {
                long at = index.offset(slot) + index.storedLength(slot) / 2;
                store.flip(pack, at);
                ByteBuffer got = ByteBuffer.allocate(whole.length);
                Corruption found = corruption(got, bufferSize);
                assertThat(found.blob()).isEqualTo(pack);
                assertThat(found.offset()).isEqualTo(index.offset(slot));
                // all before the damaged segment was good and came, nothing of it did
                long before = firstSegment(index) + index.offset(slot) - index.offset(0);
                assertThat(got.position()).isEqualTo((int) before);
                assertThat(Arrays.copyOf(got.array(), got.position())).isEqualTo(Arrays.copyOf(whole, got.position()));
                store.flip(pack, at);
            }
        }
    }

    @Test
    void aTruncatedPackIsCorruption() {
        String pack = only("packs/");
        int length = store.bytes(pack).length;
        for (int cut : new int[] {length - 1, length / 2, 30, 0}) {
            TestStore copy = new TestStore();
            for (String blob : store.blobs.list("")) {
                copy.blobs.put(blob, store.bytes(blob));
            }
            copy.truncate(pack, cut);
            Archive archive = copy.open(TestStore.part(1)).archive("top");
            assertThatThrownBy(() -> TestStore.read(archive))
                    .isInstanceOf(Corruption.class)
                    .hasMessageContaining(pack);
        }
    }

    @Test
    void aPackThatIsCutAfterItsIndexWasReadIsCorruption() {
        PackIndex index = index();
        int cut = (int) index.offset(2) + 5;
        Packs packs = new CutPacks(store.packs(), cut);
        StoredPart part = Manifests.open(store.blobs, store.descriptor, packs, TestStore.PROJECT, TestStore.part(1));
        Archive archive = part.archive("top");
        long thirdSegment = firstSegment(index) + index.offset(2) - index.offset(0);

        assertThat(TestStore.read(archive, 0, thirdSegment, 1 << 20))
                .isEqualTo(Arrays.copyOf(whole, (int) thirdSegment));
        for (int bufferSize : new int[] {100, 1 << 20}) {
            Corruption found = catchThrowableOfType(
                    Corruption.class, () -> TestStore.read(archive, 0, thirdSegment + 1, bufferSize));
            assertThat(found.blob()).isEqualTo(only("packs/"));
            assertThat(found.offset()).isEqualTo(index.offset(2));
        }
    }

    @Test
    void aMissingPackOrPageIsNamed() {
        String pack = only("packs/");
        String page = only("pages/");
        byte[] kept = store.bytes(page);
        store.blobs.delete(page);
        assertThatThrownBy(() -> TestStore.read(store.open(TestStore.part(1)).archive("top")))
                .isInstanceOf(Corruption.class)
                .hasMessageContaining(page);
        store.blobs.put(page, kept);
        store.blobs.delete(pack);
        assertThatThrownBy(() -> TestStore.read(store.open(TestStore.part(1)).archive("top")))
                .isInstanceOf(Corruption.class)
                .hasMessageContaining(pack);
    }

    @Test
    void aPackWithOtherSegmentsThanThePinnedOnesIsCorruption() {
        String pack = only("packs/");
        store.blobs.delete(pack);
        TestStore other = new TestStore();
        byte[] content = new byte[4 * TestStore.BLOCK + 10];
        new Random(4).nextBytes(content);
        other.write(TestStore.part(1), TestStore.frame(3), List.of(TestFile.top(), TestFile.file("f", content)));
        store.blobs.put(pack, other.bytes(pack));

        assertThatThrownBy(() -> TestStore.read(store.open(TestStore.part(1)).archive("top")))
                .isInstanceOf(Corruption.class)
                .hasMessageContaining("than the manifest was made of");
    }

    private void assertEveryFlipIsFound(String name, int step) {
        int length = store.bytes(name).length;
        for (int at = 0; at < length; at += step) {
            store.flip(name, at);
            Corruption found = catchThrowableOfType(Corruption.class, this::readAll);
            assertThat(found).as("byte %d of %s", at, name).isNotNull();
            assertThat(found.blob()).isEqualTo(name);
            store.flip(name, at);
        }
        readAll();
    }

    private void readAll() {
        Manifests.walk(store.blobs, store.descriptor, TestStore.PROJECT, TestStore.part(1), new ManifestVisitor() {});
        Archive archive = store.open(TestStore.part(1)).archive("top");
        assertThat(TestStore.read(archive)).isEqualTo(whole);
    }

    private Corruption corruption(ByteBuffer got, int bufferSize) {
        Archive archive = store.open(TestStore.part(1)).archive("top");
        ByteBuffer buffer = ByteBuffer.allocateDirect(bufferSize);
        try (ArchiveReader reader = archive.read(0, archive.length())) {
            while (true) {
                buffer.clear();
                try {
                    assertThat(reader.read(buffer)).isPositive();
                } catch (Corruption e) {
                    got.put(buffer.flip());
                    return e;
                }
                got.put(buffer.flip());
            }
        }
    }

    private long firstSegment(PackIndex index) {
        long after = 0;
        for (int slot = 0; slot < index.size(); slot++) {
            after += index.storedLength(slot);
        }
        // from the end: trailer, final block, tail, padding
        int padding = 512 - (4 * TestStore.BLOCK + 10) % 512;
        int zeros = 10_240 - (2 * 512 + 4 * TestStore.BLOCK + 512) % 10_240;
        return whole.length - 8 - 2 - 5 - zeros - 5 - padding - after;
    }

    private PackIndex index() {
        Extent[] extent = new Extent[1];
        Manifests.walk(store.blobs, store.descriptor, TestStore.PROJECT, TestStore.part(1), new ManifestVisitor() {
            @Override
            public void extent(Extent shown) {
                extent[0] = shown;
            }
        });
        return store.packs().index(TestStore.PROJECT, extent[0].pack());
    }

    private String only(String prefix) {
        List<String> names = store.blobs.list(prefix);
        assertThat(names).hasSize(1);
        return names.get(0);
    }

    /** Packs whose files were cut off behind the back of who has read their index. */
    private record CutPacks(Packs whole, int length) implements Packs {
        @Override
        public PackIndex index(GroupId project, PackId pack) {
            return whole.index(project, pack);
        }

        @Override
        public BlobReader reader(GroupId project, PackId pack) {
            BlobReader blob = whole.reader(project, pack);
            return new BlobReader() {
                @Override
                public long size() {
                    return length;
                }

                @Override
                public int read(long position, ByteBuffer target) {
                    int limit = target.limit();
                    int count = (int) Math.max(0, Math.min(target.remaining(), length - position));
                    int read = blob.read(position, target.limit(target.position() + count));
                    target.limit(limit);
                    return read;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public String name(GroupId project, PackId pack) {
            return whole.name(project, pack);
        }
    }
}
