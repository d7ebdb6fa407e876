package dev.holdfast.contract.agentapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.chunk.BlockId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FileListReaderTest {
    private static final int BLOCK = 4096;

    @Test
    void aFileOfTheLargestSize_hasAsManyBlocksAsItNeeds() {
        for (long size : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - BLOCK, (1L << 62) + 1}) {
            for (int blockSize : new int[] {BLOCK, 4 << 20}) {
                long blocks = file(size).blocks(blockSize);
                assertThat(blocks).isPositive();
                assertThat((blocks - 1) * blockSize).isLessThan(size);
                assertThat(size - (blocks - 1) * blockSize).isLessThanOrEqualTo(blockSize);
            }
        }
        assertThat(file(0).blocks(BLOCK)).isZero();
        assertThat(file(1).blocks(BLOCK)).isEqualTo(1);
        assertThat(file(BLOCK).blocks(BLOCK)).isEqualTo(1);
        assertThat(file(BLOCK + 1).blocks(BLOCK)).isEqualTo(2);
    }

    @Test
    void aListThatIsCutOffAnywhere_saysInWhichEntry() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FileListWriter list = new FileListWriter(bytes, BLOCK);
        list.entry(file(2 * BLOCK));
        list.block(FileListReader.ZERO_BLOCK);
        list.block(BlockId.of(new byte[40], 8));
        list.finish();
        byte[] whole = bytes.toByteArray();
        for (int length = 12; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("the file list is cut off in entry [01]");
        }
        read(whole);
    }

    private static void read(byte[] bytes) throws IOException {
        FileListReader list = new FileListReader(new ByteArrayInputStream(bytes), BLOCK);
        BlockId[] blocks = new BlockId[1];
        while (list.next() != null) {
            while (list.readBlocks(blocks) > 0) {}
        }
    }

    private static FileEntry file(long size) {
        byte[] path = "collection.wt".getBytes(StandardCharsets.UTF_8);
        return new FileEntry(FileEntry.Type.FILE, path, 0600, 1, 1, "", "", 0, 0, size, new byte[0]);
    }
}
