package dev.holdfast.store.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Bytes that are on disks out there. If this fails, the change makes old snapshots unreadable or gives running downloads
 * other bytes: raise the format's version and keep reading the old one; do not adapt the hashes.
 */
class GoldenFormatTest {
    private static final byte[] EXTRA = "Restore Information\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void bytesOfManifestAndArchiveStayAsTheyAre() throws Exception {
        TestStore store = new TestStore(GoldenFormatTest::storedBlock);
        byte[] content = new byte[4 * TestStore.BLOCK + 3];
        Arrays.fill(content, 0, TestStore.BLOCK, (byte) 'a');
        Arrays.fill(content, 3 * TestStore.BLOCK, content.length, (byte) 'b');
        List<TestFile> files = List.of(
                TestFile.top(),
                TestFile.directory("journal"),
                TestFile.file("journal/WiredTigerLog.0000000001", content),
                TestFile.file("n".repeat(120), new byte[] {1, 2, 3}),
                TestFile.file(new byte[] {(byte) 0xff, 'x'}, new byte[0]),
                TestFile.link("link", "t".repeat(101)));

        Archive archive = store.write(
                        TestStore.part(1), TestStore.frame(4, new ExtraFile("restoreInfo.txt", 0644, EXTRA)), files)
                .archive("fold");

        assertThat(store.blobs.list("pages/"))
                .containsExactly(
                        "pages/5f0000000000000000000001/ee/ee5e1643b8d708bd237529818b964d447abaae2db8b8c9bd59d1388c0c88ea17.page");
        assertThat(sha256(store.bytes("manifests/5f0000000000000000000001/5f0000000000000000000001.manifest")))
                .isEqualTo("2b071101ddce5d895e9c9af27e36c77bb6f615214bd0dde7457a944a1d697c78");
        assertThat(archive.entityTag()).isEqualTo("3a4bc6b1ed79e74b379529969b23be7989339038a1f0efa1f899ff9a971fee6e");
        assertThat(sha256(TestStore.read(archive)))
                .isEqualTo("f8b468a5665751113e942146c5675ff134aba6f9005778a918b07887d794a181");
    }

    /** A segment that no encoder can improve. */
    private static byte[] storedBlock(byte[] block) {
        byte[] segment = new byte[StoredBlock.OVERHEAD + block.length];
        StoredBlock.begin(segment, 0, block.length);
        System.arraycopy(block, 0, segment, StoredBlock.OVERHEAD, block.length);
        return segment;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
