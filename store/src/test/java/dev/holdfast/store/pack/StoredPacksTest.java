package dev.holdfast.store.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.TestPacks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class StoredPacksTest {
    private final TestPacks made = new TestPacks(1);
    private final FaultyBlobStore blobs = new FaultyBlobStore(made.blobs);

    @Test
    void readers_goOn_whenTheirFileWasDroppedForAnother() {
        try (StoredPacks packs = new StoredPacks(blobs, TestPacks.STORE, 1, 1000)) {
            PackId one = made.add(1, 2);
            PackId two = made.add(3);
            BlobReader first = packs.reader(TestPacks.PROJECT, one);
            BlobReader second = packs.reader(TestPacks.PROJECT, two);
            for (int i = 0; i < 3; i++) {
                assertThat(first.read(0, ByteBuffer.allocate(8))).isEqualTo(8);
                assertThat(second.read(0, ByteBuffer.allocate(8))).isEqualTo(8);
            }
        }
    }

    @Test
    void manyThreads_readMorePacksThanMayBeOpen() throws Exception {
        List<PackId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(made.add(i, i + 1));
        }
        var threads = Executors.newFixedThreadPool(4);
        try (StoredPacks packs = new StoredPacks(blobs, TestPacks.STORE, 2, 200)) {
            Callable<Integer> read = () -> {
                int slots = 0;
                for (int round = 0; round < 50; round++) {
                    for (PackId id : ids) {
                        slots += packs.index(TestPacks.PROJECT, id).size();
                    }
                }
                return slots;
            };
            for (var slots : threads.invokeAll(List.of(read, read, read, read))) {
                assertThat(slots.get()).isEqualTo(50 * 20 * 2);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void packThatIsGone_isCorruption_thatNamesIt() {
        try (StoredPacks packs = new StoredPacks(blobs, TestPacks.STORE, 1, 1000)) {
            PackId id = made.newId();
            assertThatThrownBy(() -> packs.index(TestPacks.PROJECT, id))
                    .isInstanceOf(Corruption.class)
                    .hasMessageContaining(id.hex())
                    .hasMessageContaining("gone");
        }
    }

    @Test
    void failedRead_isTriedOnAFreshFileTheNextTime() {
        try (StoredPacks packs = new StoredPacks(blobs, TestPacks.STORE, 1, 1000)) {
            PackId id = made.add(1);
            BlobReader reader = packs.reader(TestPacks.PROJECT, id);
            blobs.failNext(FaultyBlobStore.Step.READ, "packs/", 1);
            assertThatThrownBy(() -> reader.read(0, ByteBuffer.allocate(8))).isInstanceOf(Unavailable.class);
            assertThat(reader.read(0, ByteBuffer.allocate(8))).isEqualTo(8);
        }
    }

    @Test
    void packOfAnotherStore_orUnderAnotherName_isCorruption() {
        PackId id = made.add(1);
        byte[] bytes = blobs.content(PackNames.name(TestPacks.PROJECT, id));
        PackId copy = made.newId();
        made.blobs.put(PackNames.name(TestPacks.PROJECT, copy), bytes);
        try (StoredPacks packs = new StoredPacks(blobs, TestPacks.STORE, 1, 1000);
                StoredPacks foreign = new StoredPacks(blobs, "ff".repeat(16), 1, 1000)) {
            assertThatThrownBy(() -> packs.index(TestPacks.PROJECT, copy)).isInstanceOf(Corruption.class);
            assertThatThrownBy(() -> foreign.index(TestPacks.PROJECT, id))
                    .isInstanceOf(Corruption.class)
                    .hasMessageContaining("belongs to store " + TestPacks.STORE);
        }
    }
}
