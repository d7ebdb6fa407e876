package dev.holdfast.store.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.testing.CapturedStore;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartDrillTest {
    private final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore());

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        CapturedStore.fill(blobs);
    }

    @Test
    void soundPart_isRestoredWhole() throws IOException {
        RestoredFiles restored = drill();
        assertThat(restored.isGood()).as(restored.differences().toString()).isTrue();
        assertThat(restored.files()).isEqualTo(3);
        assertThat(restored.bytes()).isEqualTo(9000 + 300 + 3 * CapturedStore.BLOCK);
        assertThat(Files.readAllBytes(folder.resolve("a"))).isEqualTo(CapturedStore.noise(1, 9000));
        assertThat(Files.readAllBytes(folder.resolve("d/b"))).isEqualTo(CapturedStore.noise(2, 300));
    }

    @Test
    void damagedSegment_isCorruption() {
        blobs.list("packs/").forEach(pack -> blobs.flip(pack, 100));
        assertThatThrownBy(this::drill).isInstanceOf(Corruption.class);
    }

    @Test
    void fileThatComesOutOtherwise_isADifference_withItsPlace() throws IOException {
        var differences = new Difference();
        try (PackedSnapshotStore store = CapturedStore.open(blobs)) {
            var unused = new PartDrill(store, folder).run(CapturedStore.PROJECT, CapturedStore.FIRST);
            byte[] bytes = Files.readAllBytes(folder.resolve("a"));
            bytes[5000] ^= 1;
            Files.write(folder.resolve("a"), bytes);
            Files.write(folder.resolve("zeros"), new byte[3 * CapturedStore.BLOCK + 1]);
            Files.delete(folder.resolve("d/b"));
            try (var captured = new CapturedFiles(folder, CapturedStore.BLOCK, differences)) {
                store.walk(CapturedStore.PROJECT, CapturedStore.FIRST, captured);
            }
        }
        assertThat(differences.report().differences())
                .hasSize(3)
                .anySatisfy(one -> assertThat(one).contains("a ").contains("byte 4096"))
                .anySatisfy(one -> assertThat(one).contains("d/b").contains("not restored"))
                .anySatisfy(one -> assertThat(one).contains("zeros").contains("goes on"));
    }

    @Test
    void folderThatCannotBeWritten_isUnavailable() throws IOException {
        Files.createFile(folder.resolve("file"));
        try (PackedSnapshotStore store = CapturedStore.open(blobs)) {
            PartDrill drill = new PartDrill(store, folder.resolve("file"));
            assertThatThrownBy(() -> drill.run(CapturedStore.PROJECT, CapturedStore.FIRST))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("HINT:");
        }
    }

    private RestoredFiles drill() {
        try (PackedSnapshotStore store = CapturedStore.open(blobs)) {
            return new PartDrill(store, folder).run(CapturedStore.PROJECT, CapturedStore.FIRST);
        }
    }
}
