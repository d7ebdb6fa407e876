package dev.holdfast.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.CapturedStore;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StoreCopyTest {
    private static final Damage.Part FIRST = new Damage.Part(CapturedStore.PROJECT, CapturedStore.FIRST);
    private static final Damage.Part SECOND = new Damage.Part(CapturedStore.PROJECT, CapturedStore.SECOND);

    private final FaultyBlobStore from = new FaultyBlobStore(new MemoryBlobStore());
    private final FaultyBlobStore to = new FaultyBlobStore(new MemoryBlobStore());

    @BeforeEach
    void fill() throws IOException {
        CapturedStore.fill(from);
    }

    @Test
    void copyOfAll_hasEveryFileByteForByte_butTheIndex_andTheSameArchives() {
        CopyReport report = copy(FIRST, SECOND);
        assertThat(report.failed()).isEmpty();
        assertThat(report.parts()).isEqualTo(2);
        List<String> names = new ArrayList<>(from.list(""));
        names.removeIf(name -> name.startsWith("index/"));
        assertThat(to.list("")).isEqualTo(names);
        names.forEach(name -> assertThat(to.content(name)).as(name).isEqualTo(from.content(name)));
        assertThat(tag(to)).isEqualTo(tag(from));
        assertClean(to);
    }

    @Test
    void secondCopy_sendsNothing_andAPartThatIsNew_onlyItsMissingPacks() throws IOException {
        copy(FIRST, SECOND);
        CopyReport again = copy(FIRST, SECOND);
        assertThat(again.files()).isZero();
        assertThat(again.partsThere()).isEqualTo(2);
        var third = new dev.holdfast.contract.id.PartId("600000000000000000000003");
        try (PackedSnapshotStore store = CapturedStore.open(from)) {
            CapturedStore.capture(
                    store, third, Map.of("a", CapturedStore.noise(1, 9000), "n", CapturedStore.noise(9, 100)));
        }
        CopyReport more = copy(FIRST, SECOND, new Damage.Part(CapturedStore.PROJECT, third));
        assertThat(more.parts()).isEqualTo(1);
        assertThat(more.files()).as("a pack, a page or more, a root").isBetween(3L, 5L);
        assertThat(more.filesThere()).isPositive();
        assertClean(to);
    }

    @Test
    void copyThatIsKilledAtAnyStep_isTakenUpByTheNext() {
        long steps = count();
        for (long step = 1; step <= steps; step++) {
            FaultyBlobStore target = new FaultyBlobStore(new MemoryBlobStore());
            target.stopAt(step, () -> {
                throw new Killed();
            });
            assertThatThrownBy(
                            () -> new StoreCopy(from, target, (part, parts, bytes) -> {}).run(List.of(FIRST, SECOND)))
                    .as("step %s", step)
                    .isInstanceOf(Killed.class);
            CopyReport rest = new StoreCopy(from, target, (part, parts, bytes) -> {}).run(List.of(FIRST, SECOND));
            assertThat(rest.failed()).as("step %s", step).isEmpty();
            assertThat(tag(target)).isEqualTo(tag(from));
            assertClean(target);
        }
    }

    @Test
    void fileThatACrashLeftDamaged_isNotReliedUpon() {
        copy(FIRST);
        CopyReport all = copy(FIRST, SECOND);
        assertThat(all.parts()).isEqualTo(1);
        String pack = from.list("packs/").stream()
                .filter(name -> !new MemoryView(to, FIRST).needs(name))
                .findFirst()
                .orElseThrow();
        // as if it had been written, and the power cut came before it was read back
        to.delete(to.list("manifests/").get(1));
        to.flip(pack, 100);
        CopyReport again = copy(FIRST, SECOND);
        assertThat(again.failed()).isEmpty();
        assertThat(to.content(pack)).isEqualTo(from.content(pack));
        assertClean(to);
    }

    @Test
    void damagedPack_isNotCopied_andTheOtherPartIs() {
        String pack = from.list("packs/").stream()
                .filter(name -> !new MemoryView(from, FIRST).needs(name))
                .findFirst()
                .orElseThrow();
        from.flip(pack, 100);
        CopyReport report = copy(FIRST, SECOND);
        assertThat(report.parts()).isEqualTo(1);
        assertThat(report.failed())
                .singleElement()
                .asString()
                .contains(SECOND.id().hex())
                .contains(pack);
        assertThat(to.list(pack)).isEmpty();
        assertClean(to);
    }

    @Test
    void partThatIsNotThere_isNamed() {
        var unknown = new dev.holdfast.contract.id.PartId("6000000000000000000000ff");
        CopyReport report = copy(new Damage.Part(CapturedStore.PROJECT, unknown), FIRST);
        assertThat(report.failed()).singleElement().asString().contains(unknown.hex());
        assertThat(report.parts()).isEqualTo(1);
    }

    @Test
    void storeWithAnotherBlockSize_orAnotherId_orStrangeFiles_isRefused_andUntouched() {
        PackedSnapshotStore.create(to, StoreSettings.DEFAULT.withBlockSize(8192), new Random(2))
                .close();
        assertRefused(to, "8192");
        MemoryBlobStore other = new MemoryBlobStore();
        PackedSnapshotStore.create(other, StoreSettings.DEFAULT.withBlockSize(4096), new Random(3))
                .close();
        assertRefused(other, "another one");
        MemoryBlobStore photos = new MemoryBlobStore();
        photos.put("holiday.jpg", new byte[3]);
        assertRefused(photos, "no store of Holdfast");
    }

    private void assertRefused(dev.holdfast.store.blob.BlobStore target, String why) {
        List<String> before = target.list("");
        assertThatThrownBy(() -> new StoreCopy(from, target, (part, parts, bytes) -> {}).run(List.of(FIRST)))
                .isInstanceOf(OtherStore.class)
                .hasMessageContaining(why)
                .hasMessageContaining("HINT:");
        assertThat(target.list("")).isEqualTo(before);
    }

    private long count() {
        FaultyBlobStore target = new FaultyBlobStore(new MemoryBlobStore());
        var unused = new StoreCopy(from, target, (part, parts, bytes) -> {}).run(List.of(FIRST, SECOND));
        return target.steps();
    }

    private CopyReport copy(Damage.Part... parts) {
        return new StoreCopy(from, to, (part, count, bytes) -> {}).run(List.of(parts));
    }

    private static String tag(FaultyBlobStore blobs) {
        try (PackedSnapshotStore store = CapturedStore.open(blobs)) {
            return store.open(CapturedStore.PROJECT, CapturedStore.SECOND)
                    .archive("12345678")
                    .entityTag();
        }
    }

    private static void assertClean(FaultyBlobStore blobs) {
        assertThat(new Scrub(blobs, (name, done, total, bytes) -> {}).run().damages())
                .isEmpty();
    }

    /** What a part needs. */
    private record MemoryView(FaultyBlobStore blobs, Damage.Part part) {
        boolean needs(String pack) {
            var files = new java.util.HashSet<String>();
            new dev.holdfast.store.manifest.NeededFiles(
                            blobs, dev.holdfast.store.packed.DescriptorFile.read(blobs), part.project())
                    .of(part.id(), new java.util.HashSet<>(), files);
            return files.contains(pack);
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
