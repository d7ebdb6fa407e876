package dev.holdfast.agent.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageEngineTest {
    @TempDir
    Path data;

    @Test
    void metadataOfMongod_namesTheEngine() throws IOException {
        Files.write(data.resolve("WiredTiger"), new byte[10]);
        Files.write(data.resolve("storage.bson"), metadata("inMemory"));
        assertThat(StorageEngine.of(data)).contains("inMemory");
        Files.write(data.resolve("storage.bson"), metadata("wiredTiger"));
        assertThat(StorageEngine.of(data)).contains("wiredTiger");
    }

    @Test
    void withoutMetadata_theFilesTell() throws IOException {
        assertThat(StorageEngine.of(data)).isEmpty();
        Files.write(data.resolve("local.ns"), new byte[10]);
        assertThat(StorageEngine.of(data)).contains("mmapv1");
        Files.write(data.resolve("WiredTiger.wt"), new byte[10]);
        assertThat(StorageEngine.of(data)).contains("wiredTiger");
    }

    @Test
    void metadataThatIsDamagedOrForged_tellsNothing() {
        byte[] good = metadata("wiredTiger");
        assertThat(StorageEngine.engine(good)).contains("wiredTiger");
        for (int length = 0; length < good.length - 2; length++) {
            assertThat(StorageEngine.engine(Arrays.copyOf(good, length)))
                    .as("%s bytes", length)
                    .isEmpty();
        }
        assertThat(StorageEngine.engine(metadata("wired\nTiger"))).isEmpty();
        assertThat(StorageEngine.engine(metadata("x".repeat(70_000)))).isEmpty();
        assertThat(StorageEngine.engine(metadata(""))).isEmpty();
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] = (byte) 0xff;
            assertThat(StorageEngine.engine(bad).orElse("")).matches("[A-Za-z0-9]*");
        }
    }

    /** {@code {storage: {engine: name}}}. */
    private static byte[] metadata(String name) {
        byte[] engine = name.getBytes(StandardCharsets.UTF_8);
        int inner = 4 + 1 + 7 + 4 + engine.length + 1 + 1;
        ByteBuffer bson = ByteBuffer.allocate(4 + 1 + 8 + inner + 1).order(ByteOrder.LITTLE_ENDIAN);
        bson.putInt(bson.capacity()).put((byte) 3).put("storage\0".getBytes(StandardCharsets.UTF_8));
        bson.putInt(inner).put((byte) 2).put("engine\0".getBytes(StandardCharsets.UTF_8));
        bson.putInt(engine.length + 1).put(engine);
        return bson.array();
    }
}
