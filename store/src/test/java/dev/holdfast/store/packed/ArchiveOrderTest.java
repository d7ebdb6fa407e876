package dev.holdfast.store.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.testing.TestCapture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Lists are written as {@code d:path}, {@code f:path} and {@code l:path}. */
class ArchiveOrderTest extends PackedStoreCase {
    @Test
    void whatIsInArchiveOrder_isCommitted() throws IOException {
        commit("d:", "f:-", "d:a", "d:a/b", "f:a/b/c", "f:a/b-", "f:a-", "l:b", "d:c", "f:\u00e4", "f:\u20ac");
        assertThat(store.open(PROJECT, PART).summary().files()).isEqualTo(11);
    }

    @Test
    void whatLiesBelowALinkOrAFile_isRefused() {
        refuses("a/passwd", "d:", "l:a", "f:a/passwd");
        refuses("a/b", "d:", "f:a", "f:a/b");
        refuses("a/x", "d:", "d:a", "l:a", "d:a", "f:a/x");
    }

    @Test
    void whatHasNoDirectory_isRefused() {
        refuses("a/b", "d:", "f:a/b");
        refuses("a/c", "d:", "d:a", "f:a/b", "f:b", "f:a/c");
        refuses("ab/c", "d:", "d:a", "f:ab/c");
    }

    @Test
    void whatComesTwiceOrTooLate_isRefused() {
        refuses("a", "d:", "f:a", "f:a");
        refuses("a", "d:", "f:b", "f:a");
        refuses("a/x", "d:", "d:a", "f:a/y", "f:a/x");
        refuses("a", "d:", "d:a", "f:a/b", "d:a");
        refuses("z", "d:", "f:\u00e4", "f:z");
    }

    private void refuses(String path, String... list) {
        assertThatThrownBy(() -> commit(list))
                .as(String.join(" ", list))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("entry");
        assertThat(store.parts(PROJECT)).as(path).isEmpty();
    }

    private void commit(String... list) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FileListWriter writer = new FileListWriter(bytes, BLOCK);
        for (String entry : list) {
            byte[] path = entry.substring(2).getBytes(StandardCharsets.UTF_8);
            FileEntry.Type type = FileEntry.Type.ofTag(Character.toUpperCase(entry.charAt(0)));
            byte[] target = new byte[type == FileEntry.Type.SYMBOLIC_LINK ? 1 : 0];
            writer.entry(new FileEntry(type, path, 0700, 1, 2, "", "", 0, 0, 0, target));
        }
        writer.finish();
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            var files = new FileListReader(new ByteArrayInputStream(bytes.toByteArray()), BLOCK);
            assertThat(upload.commit(files, TestCapture.FRAME).files()).isEqualTo(list.length);
        }
    }
}
