package dev.holdfast.store.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.format.UnknownFormat;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorFileTest {
    private final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore());
    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(ints = {4 << 10, 64 << 10, 4 << 20})
    void whatIsMade_isWhatIsRead(int blockSize) {
        var settings = StoreSettings.DEFAULT.withBlockSize(blockSize).withLevel(SegmentLevel.SMALL);
        var made = PackedSnapshotStore.create(blobs, settings, random).descriptor();
        var read =
                PackedSnapshotStore.open(blobs, StoreSettings.DEFAULT, random).descriptor();
        assertThat(read).usingRecursiveComparison().isEqualTo(made);
        assertThat(read.blockSize()).isEqualTo(blockSize);
        assertThat(read.level()).isEqualTo("small");
        assertThat(read.storeId()).hasSize(32);
    }

    @Test
    void everyFlippedBit_isRefused() {
        create();
        int length = blobs.content("store").length;
        for (int at = 0; at < length; at++) {
            blobs.flip("store", at);
            assertThatThrownBy(this::open)
                    .as("byte %s", at)
                    .isInstanceOfAny(Corruption.class, UnknownFormat.class)
                    .hasMessageContaining("store");
            blobs.flip("store", at);
        }
        assertThat(open().blockSize()).isEqualTo(4096);
    }

    @Test
    void everyTruncation_isRefused() {
        create();
        for (int length = blobs.content("store").length - 1; length >= 0; length--) {
            blobs.truncate("store", length);
            assertThatThrownBy(this::open).as("%s bytes", length).isInstanceOf(Corruption.class);
        }
    }

    @Test
    void newerFormat_isRefused_andSaysWhatToDo() {
        byte[] bytes = createdBytes();
        bytes[11] = 3;
        replace(bytes);
        assertThatThrownBy(this::open)
                .isInstanceOf(UnknownFormat.class)
                .hasMessageContaining("format version 3")
                .hasMessageContaining("HINT: open it with the version that wrote it");
    }

    @Test
    void encryptedStore_isRefusedWithoutAKey_andSaysWhatToDo() {
        byte[] bytes = createdBytes();
        bytes[11] = 2;
        replace(bytes);
        assertThatThrownBy(this::open)
                .isInstanceOf(UnknownFormat.class)
                .hasMessageContaining("the store is encrypted")
                .hasMessageContaining("HINT: give the settings");
    }

    @Test
    void somethingElse_isRefused() {
        replace("#!/bin/sh\necho this is no store at all\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(this::open).isInstanceOf(UnknownFormat.class).hasMessageContaining("HINT:");
    }

    @Test
    void noStore_isRefused_andOpenOrCreateMakesOne() {
        assertThatThrownBy(this::open).isInstanceOf(UnknownFormat.class).hasMessageContaining("there is no store");
        var settings = StoreSettings.DEFAULT.withBlockSize(4096);
        String id = PackedSnapshotStore.openOrCreate(blobs, settings, random)
                .descriptor()
                .storeId();
        assertThat(PackedSnapshotStore.openOrCreate(blobs, settings, random)
                        .descriptor()
                        .storeId())
                .isEqualTo(id);
        assertThatThrownBy(this::create).isInstanceOf(BlobExists.class);
    }

    @Test
    void packsWithoutADescriptor_areNotTakenForANewStore() {
        blobs.put("packs/5f0000000000000000000001/aa/x.pack", new byte[] {1});
        assertThatThrownBy(() -> PackedSnapshotStore.openOrCreate(blobs, StoreSettings.DEFAULT, random))
                .isInstanceOf(Corruption.class)
                .hasMessageContaining("the descriptor is gone");
        assertThat(blobs.list("store")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2048, 4097, 8 << 20, 12 << 10})
    void blockSizeOutOfBounds_isRefused(int blockSize) {
        assertThatThrownBy(() -> StoreSettings.DEFAULT.withBlockSize(blockSize))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(blockSize));
    }

    private void create() {
        PackedSnapshotStore.create(blobs, StoreSettings.DEFAULT.withBlockSize(4096), random)
                .close();
    }

    private byte[] createdBytes() {
        create();
        return blobs.content("store");
    }

    private void replace(byte[] bytes) {
        blobs.delete("store");
        blobs.put("store", bytes);
    }

    private PackedSnapshotStore open() {
        return PackedSnapshotStore.open(blobs, StoreSettings.DEFAULT, random);
    }
}
