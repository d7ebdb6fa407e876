package dev.holdfast.store.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import dev.holdfast.store.StoredPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

class ArchiveProperties {
    private static final ExtraFile EXTRA =
            new ExtraFile("restoreInfo.txt", 0644, "Restore Information\n".getBytes(StandardCharsets.UTF_8));

    @Property(tries = 150)
    void everyEntryComesOutAsItWentIn(@ForAll("trees") List<TestFile> files, @ForAll("topFolders") String top) {
        Archive archive = archive(files, top);

        byte[] bytes = TestStore.read(archive);

        assertThat(bytes).hasSize((int) archive.length());
        List<PlainTar.Member> members = PlainTar.read(PlainTar.gunzip(bytes));
        assertThat(members).hasSize(files.size() + 1);
        assertThat(members.get(1).path()).isEqualTo(top + "/restoreInfo.txt");
        assertThat(members.get(1).content()).isEqualTo(EXTRA.content());
        for (int i = 0; i < files.size(); i++) {
            assertSame(members.get(i == 0 ? 0 : i + 1), files.get(i), top);
        }
    }

    @Property(tries = 60)
    void aLibraryReadsIt(@ForAll("plainTrees") List<TestFile> files, @ForAll("topFolders") String top)
            throws IOException {
        byte[] bytes = TestStore.read(archive(files, top));

        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GzipCompressorInputStream(new ByteArrayInputStream(bytes), false), "UTF-8")) {
            for (int i = 0; i < files.size() + 1; i++) {
                TarArchiveEntry entry = tar.getNextEntry();
                if (i == 1) {
                    continue;
                }
                TestFile file = files.get(i == 0 ? 0 : i - 1);
                FileEntry expected = file.entry();
                assertThat(entry.getName())
                        .isEqualTo(memberPath(new String(expected.path(), StandardCharsets.UTF_8), expected, top));
                assertThat(entry.getLinkName()).isEqualTo(new String(expected.linkTarget(), StandardCharsets.UTF_8));
                assertThat(entry.getMode() & 07777).isEqualTo(expected.mode());
                assertThat(entry.getLongUserId()).isEqualTo(expected.uid());
                assertThat(entry.getUserName()).isEqualTo(expected.user());
                assertThat(entry.getGroupName()).isEqualTo(expected.group());
                assertThat(entry.getLastModifiedTime().toMillis()).isEqualTo(expected.mtimeSeconds() * 1000);
                assertThat(tar.readAllBytes()).isEqualTo(file.content());
            }
            assertThat(tar.getNextEntry()).isNull();
        }
    }

    @Property(tries = 40)
    void anyRangeIsThatOfTheWhole(
            @ForAll("trees") List<TestFile> files,
            @ForAll("topFolders") String top,
            @ForAll @IntRange(min = 1, max = 30_000) int bufferSize,
            @ForAll long seed) {
        Archive archive = archive(files, top);
        byte[] whole = TestStore.read(archive);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(whole.length + 1);
            int to = from + random.nextInt(whole.length - from + 1);
            assertThat(TestStore.read(archive, from, to, bufferSize)).isEqualTo(Arrays.copyOfRange(whole, from, to));
        }
        int length = whole.length;
        // alone, so that the trailer's checksum comes from a walk and not from the reader before
        Archive again = archive(files, top);
        assertThat(TestStore.read(again, length - 9, length, bufferSize))
                .isEqualTo(Arrays.copyOfRange(whole, length - 9, length));
    }

    @Property(tries = 40)
    void jobsDifferInTheTopFolderAndNothingElse(@ForAll("trees") List<TestFile> files) {
        StoredPart part = part(files, 30);
        Archive first = part.archive("a".repeat(30));
        Archive second = part.archive("b".repeat(30));

        assertThat(second.length()).isEqualTo(first.length());
        assertThat(second.entityTag()).isNotEqualTo(first.entityTag()).matches("[0-9a-f]{64}");
        assertThat(part.archive("a".repeat(30)).entityTag()).isEqualTo(first.entityTag());
        assertThat(contents(second)).usingRecursiveComparison().isEqualTo(contents(first));
    }

    @Provide
    Arbitrary<List<TestFile>> trees() {
        return Trees.trees(true);
    }

    @Provide
    Arbitrary<List<TestFile>> plainTrees() {
        return Trees.trees(false);
    }

    @Provide
    Arbitrary<String> topFolders() {
        return Trees.topFolders();
    }

    private static List<byte[]> contents(Archive archive) {
        return PlainTar.read(PlainTar.gunzip(TestStore.read(archive))).stream()
                .map(PlainTar.Member::content)
                .toList();
    }

    private static Archive archive(List<TestFile> files, String top) {
        return part(files, top.length()).archive(top);
    }

    private static StoredPart part(List<TestFile> files, int topFolderLength) {
        return new TestStore().write(TestStore.part(1), TestStore.frame(topFolderLength, EXTRA), files);
    }

    private static void assertSame(PlainTar.Member member, TestFile file, String top) {
        FileEntry entry = file.entry();
        assertThat(member.path()).isEqualTo(memberPath(latin(entry.path()), entry, top));
        assertThat(member.type()).isEqualTo(typeFlag(entry));
        assertThat(member.mode()).isEqualTo(entry.mode());
        assertThat(member.uid()).isEqualTo(entry.uid());
        assertThat(member.gid()).isEqualTo(entry.gid());
        assertThat(member.user()).isEqualTo(latin(entry.user().getBytes(StandardCharsets.UTF_8)));
        assertThat(member.group()).isEqualTo(latin(entry.group().getBytes(StandardCharsets.UTF_8)));
        assertThat(member.mtime()).isEqualTo(entry.mtimeSeconds());
        assertThat(member.link()).isEqualTo(latin(entry.linkTarget()));
        assertThat(member.content()).isEqualTo(file.content());
    }

    private static String memberPath(String path, FileEntry entry, String top) {
        String slash = entry.type() == FileEntry.Type.DIRECTORY ? "/" : "";
        return path.isEmpty() ? top + "/" : top + "/" + path + slash;
    }

    private static char typeFlag(FileEntry entry) {
        return switch (entry.type()) {
            case FILE -> '0';
            case DIRECTORY -> '5';
            case SYMBOLIC_LINK -> '2';
        };
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
