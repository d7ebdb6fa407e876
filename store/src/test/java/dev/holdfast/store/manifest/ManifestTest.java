package dev.holdfast.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.archive.TestFile;
import dev.holdfast.store.archive.TestStore;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.pack.BlockLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final ArchiveFrame FRAME = TestStore.frame(8);

    private final TestStore store = new TestStore();

    @Test
    void walkShowsWhatWasWritten() {
        byte[] content = blocks(1, 2, 0, 0, 3);
        List<TestFile> files = List.of(
                TestFile.top(), TestFile.directory("d"), TestFile.file("d/f", content), TestFile.link("l", "d/f"));
        StoredPart part = store.write(TestStore.part(1), FRAME, files);

        Shown shown = walk(1);

        assertThat(shown.entries).isEqualTo(files.stream().map(TestFile::entry).toList());
        assertThat(shown.holes).containsExactly(2L);
        assertThat(shown.extents).extracting(Extent::slots).containsExactly(2, 1);
        assertThat(shown.extents).extracting(Extent::plainBytes).containsExactly(8192L, 4096L);
        assertThat(part.summary().files()).isEqualTo(4);
        assertThat(part.summary().plainBytes()).isEqualTo(content.length);
        assertThat(part.summary().storedBytes())
                .isEqualTo(shown.extents.stream().mapToLong(Extent::storedBytes).sum());
        assertThat(part.summary().newBytes()).isEqualTo(7);
    }

    @Test
    void aPartExistsOnlyOnceItIsFinished() throws IOException {
        try (ManifestWriter writer = store.writer(TestStore.part(1), FRAME)) {
            writer.entry(TestFile.top().entry());
            writer.entry(TestFile.file("f", new byte[0]).entry());
        }
        assertThatThrownBy(() -> store.open(TestStore.part(1))).isInstanceOf(NoSuchPart.class);
        assertThat(Manifests.list(store.blobs, TestStore.PROJECT)).isEmpty();
    }

    @Test
    void partsAreListedAndForgotten() {
        store.write(TestStore.part(2), FRAME, List.of(TestFile.top()));
        store.write(TestStore.part(1), FRAME, List.of(TestFile.top()));

        assertThat(Manifests.list(store.blobs, TestStore.PROJECT))
                .containsExactly(TestStore.part(1), TestStore.part(2));
        assertThat(Manifests.projects(store.blobs)).containsExactly(TestStore.PROJECT);
        assertThat(Manifests.list(store.blobs, new GroupId("5f00000000000000000000ff")))
                .isEmpty();

        assertThat(Manifests.forget(store.blobs, TestStore.PROJECT, TestStore.part(1)))
                .isTrue();
        assertThat(Manifests.forget(store.blobs, TestStore.PROJECT, TestStore.part(1)))
                .isFalse();
        assertThat(Manifests.list(store.blobs, TestStore.PROJECT)).containsExactly(TestStore.part(2));
    }

    @Test
    void aPartIsWrittenOnce() {
        store.write(TestStore.part(1), FRAME, List.of(TestFile.top()));
        assertThatThrownBy(() -> store.write(TestStore.part(1), FRAME, List.of(TestFile.top())))
                .isInstanceOf(BlobExists.class);
    }

    @Test
    void snapshotsShareThePagesThatDidNotChange() {
        List<TestFile> files = manyFiles(4000);
        store.write(TestStore.part(1), FRAME, files);
        List<String> before = store.blobs.list("pages/");
        files.set(2000, TestFile.file(files.get(2000).entry().path(), blocks(99)));
        files.add(1000, TestFile.file("new", blocks(98)));

        store.write(TestStore.part(2), FRAME, files);

        assertThat(before).hasSizeGreaterThan(8);
        List<String> fresh = new ArrayList<>(store.blobs.list("pages/"));
        fresh.removeAll(before);
        assertThat(fresh).hasSizeBetween(1, 4);
        assertThat(walk(2).entries).hasSize(4002);
    }

    @Test
    void aLargeFileGoesOnInTheNextPages() throws IOException {
        long blocks = 40_000;
        BlockLocation[] locations = alternating(blocks);
        TestFile last = TestFile.file("z", blocks(1));
        try (ManifestWriter writer = store.writer(TestStore.part(1), FRAME)) {
            writer.entry(TestFile.top().entry());
            writer.entry(sized("large", blocks * TestStore.BLOCK));
            writer.blocks(locations, locations.length);
            writer.entry(last.entry());
            writer.blocks(store.locations(last.content()), 1);
            var unused = writer.finish(0);
        }
        Shown shown = walk(1);
        assertThat(shown.pages).hasSizeGreaterThan(3).allMatch(page -> store.bytes(page).length < PageBuilder.MAX);
        assertThat(shown.extents.size()).isEqualTo((int) blocks + 1);
        assertThat(shown.entries).hasSize(3);
        Root root = RootCodec.decode(
                rootName(1), store.bytes(rootName(1)), store.descriptor, TestStore.PROJECT, TestStore.part(1));
        assertThat(root.rows().row(0).firstEntry()).isEqualTo(1);
        assertThat(root.rows().row(1).firstEntry()).isEqualTo(2);
    }

    @Test
    void aChangeEarlyInALargeFileLeavesItsLaterPages() throws IOException {
        BlockLocation[] locations = alternating(40_000);
        writeLarge(1, locations);
        List<String> before = walk(1).pages;
        locations[10] = locations[11];
        locations[500] = null;

        writeLarge(2, locations);

        List<String> after = walk(2).pages;
        assertThat(after).hasSameSizeAs(before).isNotEqualTo(before);
        assertThat(after.subList(1, after.size())).isEqualTo(before.subList(1, before.size()));
    }

    @Test
    void malformedListsAreRefused() throws IOException {
        FileEntry top = TestFile.top().entry();
        BlockLocation[] one = store.locations(blocks(1));
        BlockLocation[] shortOne = store.locations(new byte[] {1, 2, 3});
        store.sealPack();
        refused(writer -> writer.entry(TestFile.directory("d").entry()), "must come first");
        refused(writer -> twice(writer, top), "must come first and once");
        refused(writer -> writer.finish(0), "empty");
        refused(writer -> file(writer, 4096, null, 0), "lacks its last 1 blocks");
        refused(writer -> file(writer, 4096, shortOne, 1), "has 3 bytes, not 4096");
        refused(writer -> file(writer, 3, one, 1), "has 4096 bytes, not 3");
        refused(writer -> file(writer, 5, new BlockLocation[1], 1), "has 4096 bytes, not 5");
        refused(writer -> file(writer, 0, one, 1), "more blocks");
        assertThat(store.blobs.list("manifests/")).isEmpty();
    }

    @Test
    void extrasThatCannotBeFilesAreRefused() {
        byte[] large = new byte[(64 << 10) + 1];
        for (ExtraFile bad : List.of(
                new ExtraFile("a/b", 0644, new byte[0]),
                new ExtraFile("", 0644, new byte[0]),
                new ExtraFile("..", 0644, new byte[0]),
                new ExtraFile("a", 010000, new byte[0]),
                new ExtraFile("a", 0644, large))) {
            assertThatThrownBy(() -> store.writer(TestStore.part(1), TestStore.frame(8, bad))
                            .close())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private interface Use {
        void of(ManifestWriter writer) throws IOException;
    }

    private void refused(Use use, String message) {
        try (ManifestWriter writer = store.writer(TestStore.part(1), FRAME)) {
            assertThatThrownBy(() -> use.of(writer))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(message);
        }
    }

    private static void twice(ManifestWriter writer, FileEntry entry) throws IOException {
        writer.entry(entry);
        writer.entry(entry);
    }

    private static void file(ManifestWriter writer, long size, BlockLocation[] locations, int count)
            throws IOException {
        writer.entry(TestFile.top().entry());
        writer.entry(sized("f", size));
        writer.blocks(locations, count);
        var unused = writer.finish(0);
    }

    private void writeLarge(int part, BlockLocation[] locations) throws IOException {
        try (ManifestWriter writer = store.writer(TestStore.part(part), FRAME)) {
            writer.entry(TestFile.top().entry());
            writer.entry(sized("large", (long) locations.length * TestStore.BLOCK));
            writer.blocks(locations, locations.length);
            var unused = writer.finish(0);
        }
    }

    /** Locations of which no two can join. */
    private BlockLocation[] alternating(long blocks) {
        BlockLocation[] three = store.locations(blocks(1, 2, 3));
        store.sealPack();
        BlockLocation[] locations = new BlockLocation[(int) blocks];
        Arrays.setAll(locations, i -> three[i % 2 * 2]);
        return locations;
    }

    private static List<TestFile> manyFiles(int count) {
        List<TestFile> files = new ArrayList<>(List.of(TestFile.top()));
        for (int i = 0; i < count; i++) {
            files.add(TestFile.file("collection-" + i + ".wt", blocks(i % 7)));
        }
        return files;
    }

    private static FileEntry sized(String path, long size) {
        FileEntry e = TestFile.file(path, new byte[0]).entry();
        return new FileEntry(e.type(), e.path(), e.mode(), 0, 0, "", "", e.mtimeSeconds(), 0, size, e.linkTarget());
    }

    /** Blocks of random bytes by seed; 0 is zeros. */
    private static byte[] blocks(int... seeds) {
        byte[] content = new byte[seeds.length * TestStore.BLOCK];
        for (int i = 0; i < seeds.length; i++) {
            byte[] block = new byte[TestStore.BLOCK];
            if (seeds[i] != 0) {
                new Random(seeds[i]).nextBytes(block);
            }
            System.arraycopy(block, 0, content, i * TestStore.BLOCK, TestStore.BLOCK);
        }
        return content;
    }

    private static String rootName(int part) {
        return ManifestNames.root(TestStore.PROJECT, TestStore.part(part));
    }

    private Shown walk(int part) {
        Shown shown = new Shown();
        Manifests.walk(store.blobs, store.descriptor, TestStore.PROJECT, TestStore.part(part), shown);
        return shown;
    }

    private static final class Shown implements ManifestVisitor {
        final List<String> pages = new ArrayList<>();
        final List<FileEntry> entries = new ArrayList<>();
        final List<Extent> extents = new ArrayList<>();
        final List<Long> holes = new ArrayList<>();

        @Override
        public void page(String blobName) {
            pages.add(blobName);
        }

        @Override
        public void entry(FileEntry entry) {
            entries.add(entry);
        }

        @Override
        public void extent(Extent extent) {
            extents.add(extent);
        }

        @Override
        public void hole(long blocks) {
            holes.add(blocks);
        }
    }
}
