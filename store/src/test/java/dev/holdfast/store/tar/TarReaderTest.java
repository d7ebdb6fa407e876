package dev.holdfast.store.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

final class TarReaderTest {
    private static final String LONG = "top/" + "folder/".repeat(40) + "collection-\u00e4.wt";

    @Test
    void everyDialect_isReadAsItWasWritten() throws IOException {
        for (int mode : new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
            byte[] content = new byte[70_001];
            new Random(3).nextBytes(content);
            byte[] tar = tar(mode, out -> {
                put(out, new TarArchiveEntry("top/"), new byte[0]);
                TarArchiveEntry file = new TarArchiveEntry(LONG);
                file.setMode(0640);
                file.setIds(1_000, 3_000_000);
                file.setNames("mongod", "mongod");
                file.setModTime(1_500_000_000_000L);
                put(out, file, content);
                TarArchiveEntry link = new TarArchiveEntry("top/link", TarConstants.LF_SYMLINK);
                link.setLinkName("journal/" + "x".repeat(150));
                put(out, link, new byte[0]);
                put(out, new TarArchiveEntry("top/empty"), new byte[0]);
            });
            TarReader reader = new TarReader(new ByteArrayInputStream(tar));
            assertThat(reader.next().type()).isEqualTo(TarEntry.Type.DIRECTORY);
            TarEntry file = reader.next();
            assertThat(text(file.name())).isEqualTo(LONG);
            assertThat(file.mode()).isEqualTo(0640);
            assertThat(file.uid()).isEqualTo(1_000);
            assertThat(file.gid()).isEqualTo(3_000_000);
            assertThat(file.user()).isEqualTo("mongod");
            assertThat(file.mtimeSeconds()).isEqualTo(1_500_000_000L);
            assertThat(content(reader)).isEqualTo(content);
            assertThat(text(reader.next().linkTarget())).isEqualTo("journal/" + "x".repeat(150));
            assertThat(text(reader.next().name())).isEqualTo("top/empty");
            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void contentThatIsNotRead_isSkipped() throws IOException {
        byte[] tar = tar(TarArchiveOutputStream.LONGFILE_POSIX, out -> {
            put(out, new TarArchiveEntry("top/a"), new byte[1000]);
            put(out, new TarArchiveEntry("top/b"), new byte[] {7});
        });
        TarReader reader = new TarReader(new ByteArrayInputStream(tar));
        assertThat(text(reader.next().name())).isEqualTo("top/a");
        assertThat(text(reader.next().name())).isEqualTo("top/b");
        assertThat(content(reader)).containsExactly(7);
    }

    @Test
    void whatNoDataDirectoryHas_isRefusedByName() throws IOException {
        byte[] kinds = {TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO, (byte) 'Z'
        };
        for (byte kind : kinds) {
            byte[] tar = tar(TarArchiveOutputStream.LONGFILE_POSIX, out -> {
                TarArchiveEntry entry = new TarArchiveEntry("top/bad", kind);
                entry.setLinkName("top/other");
                put(out, entry, new byte[0]);
            });
            assertRefused(tar, "top/bad");
        }
    }

    @Test
    void cutOffAnywhere_isSaid() throws IOException {
        byte[] tar =
                tar(TarArchiveOutputStream.LONGFILE_POSIX, out -> put(out, new TarArchiveEntry(LONG), new byte[700]));
        int end = tar.length;
        while (tar[end - 1] == 0) {
            end--;
        }
        for (int length = 0; length < end; length += 97) {
            assertRefused(Arrays.copyOf(tar, length), "");
        }
    }

    @Test
    void flippedBits_neverEndInAnythingButARefusalOrEntries() throws IOException {
        byte[] tar = tar(TarArchiveOutputStream.LONGFILE_POSIX, out -> {
            put(out, new TarArchiveEntry(LONG), new byte[700]);
            put(out, new TarArchiveEntry("top/b"), new byte[] {7});
        });
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            byte[] bad = tar.clone();
            for (int i = 0; i < 3; i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                all(bad);
            } catch (BadTar e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }

    @Test
    void hugeAndForgedSizes_areRefusedWithoutBeingAllocated() {
        byte[] pax = header("top/x", 'x', (1L << 32) + 5);
        assertRefused(pax, "extended header");
        byte[] negative = header("top/n", '0', 0);
        Arrays.fill(negative, 124, 136, (byte) 0xff);
        checksum(negative);
        assertRefused(negative, "size -1");
        assertRefused(header("top/huge", '0', 1L << 50), "cut off");
    }

    static byte[] header(String name, char type, long size) {
        byte[] header = new byte[512];
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, 0, bytes.length);
        header[124] = (byte) 0x80;
        for (int i = 0; i < 8; i++) {
            header[135 - i] = (byte) (size >>> 8 * i);
        }
        header[156] = (byte) type;
        System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
        checksum(header);
        return header;
    }

    static void checksum(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        byte[] digits = String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, 148, 6);
        header[154] = 0;
    }

    private static void assertRefused(byte[] tar, String what) {
        assertThatThrownBy(() -> all(tar)).isInstanceOf(BadTar.class).hasMessageContaining(what);
    }

    private static List<TarEntry> all(byte[] tar) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(tar));
        List<TarEntry> entries = new ArrayList<>();
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            entries.add(entry);
        }
        return entries;
    }

    private static byte[] content(TarReader reader) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1000];
        for (int n = reader.read(buffer, 0, 1000); n >= 0; n = reader.read(buffer, 0, 1000)) {
            out.write(buffer, 0, n);
        }
        return out.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private interface Filling {
        void fill(TarArchiveOutputStream out) throws IOException;
    }

    private static byte[] tar(int longNames, Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
            out.setLongFileMode(longNames);
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            filling.fill(out);
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream out, TarArchiveEntry entry, byte[] content) throws IOException {
        if (content.length > 0) {
            entry.setSize(content.length);
        }
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }
}
