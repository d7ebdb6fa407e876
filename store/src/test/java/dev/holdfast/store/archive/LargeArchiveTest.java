package dev.holdfast.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.segment.Crc32Combine;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.manifest.ManifestWriter;
import dev.holdfast.store.pack.BlockLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class LargeArchiveTest {
    private final TestStore store = new TestStore();

    @Test
    void aSparseFileOfNineGibibytesHasTheRightFrame() throws IOException {
        long size = (9L << 30) + 5;
        Archive archive = sparse(size);
        int zeroSegment = store.descriptor.zeroSegment().length;
        long blocks = size / TestStore.BLOCK;

        byte[] start = TestStore.read(archive, 0, 4096, 4096);
        int header = 10 + 5 + 512 + 5 + 512 + 512; // up to the entry's own header, behind its pax header
        assertThat(new String(start, header - 512, 40, StandardCharsets.ISO_8859_1))
                .startsWith("19 size=" + size + "\n");
        assertThat(ByteBuffer.wrap(start).getLong(header + 124 + 4)).isEqualTo(size);
        assertThat(start[header + 124]).isEqualTo((byte) 0x80);

        long content = header + 512 + blocks * zeroSegment;
        long tar = 512 + 3 * 512 + (size + 511) / 512 * 512;
        int zeros = (int) (10_240 - tar % 10_240);
        assertThat(zeros).isGreaterThanOrEqualTo(1024);
        int lastSegment = store.bytes(store.blobs.list("packs/").get(0)).length; // bounds the short block's segment
        assertThat(archive.length())
                .isBetween(content + 5 + 507 + 5 + zeros + 10, content + lastSegment + 5 + 507 + 5 + zeros + 10);

        byte[] trailer = TestStore.read(archive, archive.length() - 8, archive.length(), 100);
        ByteBuffer numbers = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(numbers.getInt(0)).isEqualTo(crcOfSparseTar(start, header, size, zeros));
        assertThat(Integer.toUnsignedLong(numbers.getInt(4))).isEqualTo((tar + zeros) % (1L << 32));
    }

    @Test
    void severalPagesGiveOneArchive() throws IOException {
        List<TestFile> files = new ArrayList<>(List.of(TestFile.top()));
        Random random = new Random(1);
        for (int i = 0; i < 1500; i++) {
            byte[] content = new byte[random.nextInt(3) * 3000];
            Arrays.fill(content, (byte) i);
            files.add(TestFile.file("f" + i, content));
        }
        Archive archive =
                store.write(TestStore.part(1), TestStore.frame(3), files).archive("top");
        assertThat(store.blobs.list("pages/")).hasSizeGreaterThan(3);

        byte[] whole = TestStore.read(archive);

        List<PlainTar.Member> members = PlainTar.read(PlainTar.gunzip(whole));
        assertThat(members).hasSameSizeAs(files);
        for (int i = 0; i < files.size(); i++) {
            assertThat(members.get(i).content()).isEqualTo(files.get(i).content());
        }
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(whole.length);
            int to = Math.min(whole.length, from + random.nextInt(20_000));
            assertThat(TestStore.read(archive, from, to, 5000)).isEqualTo(Arrays.copyOfRange(whole, from, to));
        }
    }

    @Test
    void severalThreadsReadOneArchive() {
        byte[] content = new byte[100 * TestStore.BLOCK];
        new Random(6).nextBytes(content);
        List<TestFile> files = List.of(TestFile.top(), TestFile.file("f", content));
        Archive archive =
                store.write(TestStore.part(1), TestStore.frame(3), files).archive("top");
        byte[] whole = TestStore.read(archive);

        List<byte[]> reads = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> TestStore.read(archive, i * 1000L, archive.length(), 3000 + i))
                .toList();

        for (int i = 0; i < reads.size(); i++) {
            assertThat(Arrays.equals(reads.get(i), Arrays.copyOfRange(whole, i * 1000, whole.length)))
                    .isTrue();
        }
    }

    @Test
    void readersRefuseWhatMakesNoSense() {
        StoredPart part = store.write(TestStore.part(1), TestStore.frame(3), List.of(TestFile.top()));
        for (String name : List.of("to", "top1", "a/b", "a\0b", "é1é")) {
            assertThatThrownBy(() -> part.archive(name)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(part.archive("é1").length()).isEqualTo(part.archive("top").length());
        Archive archive = part.archive("top");
        long length = archive.length();
        assertThatThrownBy(() -> archive.read(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> archive.read(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> archive.read(0, length + 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(TestStore.read(archive, length, length, 10)).isEmpty();
    }

    @Test
    void aFileOverSeveralPagesIsPaddedOnce() throws IOException {
        byte[] content = new byte[5 * 1024 * TestStore.BLOCK + 100];
        byte[][] two = {new byte[TestStore.BLOCK], new byte[TestStore.BLOCK]};
        Arrays.fill(two[0], (byte) 'a');
        Arrays.fill(two[1], (byte) 'b');
        for (int i = 0; i + TestStore.BLOCK <= content.length; i += TestStore.BLOCK) {
            System.arraycopy(two[i / TestStore.BLOCK % 2], 0, content, i, TestStore.BLOCK);
        }
        List<TestFile> files = new ArrayList<>(List.of(TestFile.top()));
        for (int i = 0; i < 4; i++) {
            files.add(TestFile.file("large" + i, content));
        }
        Archive archive =
                store.write(TestStore.part(1), TestStore.frame(3), files).archive("top");
        assertThat(store.blobs.list("pages/"))
                .as("one page begins within a file")
                .anyMatch(page -> ByteBuffer.wrap(store.bytes(page)).getLong(28) > 0);

        List<PlainTar.Member> members = PlainTar.read(PlainTar.gunzip(TestStore.read(archive)));

        assertThat(members).hasSameSizeAs(files);
        for (int i = 0; i < files.size(); i++) {
            assertThat(Arrays.equals(members.get(i).content(), files.get(i).content()))
                    .isTrue();
        }
    }

    @Test
    void theEntityTagChangesWithAnythingInTheArchive() {
        ExtraFile extra = new ExtraFile("x", 0644, new byte[] {1});
        FileEntry e = TestFile.file("f", new byte[3]).entry();
        FileEntry touched = new FileEntry(
                e.type(), e.path(), e.mode(), e.uid(), e.gid(), e.user(), e.group(), 1, 0, 3, e.linkTarget());
        List<TestFile> base = List.of(TestFile.top(), TestFile.file("f", new byte[] {1, 2, 3}));
        ExtraFile otherExtra = new ExtraFile("x", 0644, new byte[] {2});
        List<TestFile> otherContent = List.of(TestFile.top(), TestFile.file("f", new byte[] {1, 2, 4}));
        List<TestFile> otherTime = List.of(TestFile.top(), new TestFile(touched, new byte[] {1, 2, 3}));

        // a store for each, so that nothing differs but what is meant to
        String tag = tag(base, extra);

        assertThat(tag(base, extra)).isEqualTo(tag).matches("[0-9a-f]{64}");
        assertThat(List.of(tag, tag(base), tag(base, otherExtra), tag(otherContent, extra), tag(otherTime, extra)))
                .doesNotHaveDuplicates();
    }

    private static String tag(List<TestFile> files, ExtraFile... extras) {
        return new TestStore()
                .write(TestStore.part(1), TestStore.frame(3, extras), files)
                .archive("top")
                .entityTag();
    }

    @Test
    void aCapturedFileGoesBeforeAnExtraOfItsName() {
        ExtraFile extra = new ExtraFile("restoreInfo.txt", 0644, new byte[] {1});
        List<TestFile> files = List.of(TestFile.top(), TestFile.file("restoreInfo.txt", new byte[] {2, 2}));

        Archive archive =
                store.write(TestStore.part(1), TestStore.frame(3, extra), files).archive("top");

        List<PlainTar.Member> members = PlainTar.read(PlainTar.gunzip(TestStore.read(archive)));
        assertThat(members).extracting(PlainTar.Member::path).containsExactly("top/", "top/restoreInfo.txt");
        assertThat(members.get(1).content()).containsExactly(2, 2);
    }

    @Test
    void extrasLargerThanOneStoredBlockFit() {
        byte[] large = new byte[64 << 10];
        new Random(2).nextBytes(large);
        ExtraFile first = new ExtraFile("one", 0600, large);
        ExtraFile second = new ExtraFile("two", 0644, large);

        Archive archive = store.write(TestStore.part(1), TestStore.frame(3, first, second), List.of(TestFile.top()))
                .archive("top");

        List<PlainTar.Member> members = PlainTar.read(PlainTar.gunzip(TestStore.read(archive)));
        assertThat(members).extracting(PlainTar.Member::path).containsExactly("top/", "top/one", "top/two");
        assertThat(members.get(2).content()).isEqualTo(large);
        assertThat(members.get(1).mode()).isEqualTo(0600);
        assertThat(members.get(1).mtime()).isEqualTo(TestFile.top().entry().mtimeSeconds());
    }

    private Archive sparse(long size) throws IOException {
        byte[] end = new byte[(int) (size % TestStore.BLOCK)];
        BlockLocation[] last = store.locations(end);
        store.sealPack();
        FileEntry e = TestFile.file("sparse", new byte[0]).entry();
        try (ManifestWriter writer = store.writer(TestStore.part(1), TestStore.frame(3))) {
            writer.entry(TestFile.top().entry());
            writer.entry(new FileEntry(
                    e.type(), e.path(), e.mode(), 0, 0, "", "", e.mtimeSeconds(), 0, size, e.linkTarget()));
            BlockLocation[] holes = new BlockLocation[1024];
            for (long left = size / TestStore.BLOCK; left > 0; left -= holes.length) {
                writer.blocks(holes, (int) Math.min(left, holes.length));
            }
            writer.blocks(last, last.length);
            var unused = writer.finish(0);
        }
        return store.open(TestStore.part(1)).archive("top");
    }

    private static int crcOfSparseTar(byte[] start, int header, long size, int zeros) {
        CRC32 crc = new CRC32();
        crc.update(start, 15, 512);
        crc.update(start, header - 1024, 1024 + 512);
        int headers = (int) crc.getValue();
        long rest = (size + 511) / 512 * 512 + zeros;
        crc.reset();
        crc.update(0);
        return Crc32Combine.CRC32.combine(headers, Crc32Combine.CRC32.repeat((int) crc.getValue(), 1, rest), rest);
    }
}
