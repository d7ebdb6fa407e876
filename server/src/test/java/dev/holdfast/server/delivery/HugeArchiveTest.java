package dev.holdfast.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.delivery.LinkState.Status;
import dev.holdfast.server.delivery.RawClient.Response;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that no int can count. */
final class HugeArchiveTest {
    private static final long SIZE = (150L << 30) + 3;

    @TempDir
    private Path folder;

    private Database database;
    private LinkFixture node;

    @BeforeEach
    void start() {
        database = TestDatabases.sqlite(folder, List.of(DeliveryLinks.MIGRATIONS));
        node = new LinkFixture(database, new MemoryStore(), DeliverySettings.DEFAULTS, new LinkFixture.HandClock());
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, (1L << 31) - 5, (1L << 32) - 5, (1L << 37) - 5, SIZE - 10})
    void rangesAnywhere_areExact(long from) {
        JobId job = node.hugeLink(SIZE, 1);
        Response response = node.get(job, "Range: bytes=" + from + "-" + (from + 9));
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("Content-Range")).isEqualTo("bytes " + from + "-" + (from + 9) + "/" + SIZE);
        assertThat(response.body()).isEqualTo(bytes(from, 10));
    }

    @Test
    void theVeryEnd_isThere_andNothingBehindIt() {
        JobId job = node.hugeLink(SIZE, 1);
        assertThat(node.head(job).header("Content-Length")).isEqualTo(Long.toString(SIZE));
        assertThat(node.get(job, "Range: bytes=-5").body()).isEqualTo(bytes(SIZE - 5, 5));
        assertThat(node.get(job, "Range: bytes=" + (SIZE - 1) + "-").body()).isEqualTo(bytes(SIZE - 1, 1));
        assertThat(node.get(job, "Range: bytes=" + (SIZE - 1) + "-99999999999999999999999")
                        .body())
                .isEqualTo(bytes(SIZE - 1, 1));
        Response behind = node.get(job, "Range: bytes=" + SIZE + "-");
        assertThat(behind.status()).isEqualTo(416);
        assertThat(behind.header("Content-Range")).isEqualTo("bytes */" + SIZE);
        Response two = node.get(job, "Range: bytes=0-1,-2");
        assertThat(two.status()).isEqualTo(206);
        assertThat(two.header("Content-Type")).startsWith("multipart/byteranges");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000_000_000, 2_147_483_646, 2_147_483_647})
    void noNumberOfDownloads_overflowsWhatMayBeSent(int downloads) {
        JobId job = node.hugeLink(SIZE, downloads);
        byte[] begin = node.getAndCut(job, 1000);
        assertThat(begin).isEqualTo(bytes(0, 1000));
        node.quiet(job);
        assertThat(node.state(job).status()).isEqualTo(Status.READY);
        assertThat(node.get(job, "Range: bytes=-1").status()).isEqualTo(206);
    }

    private static byte[] bytes(long from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = MemoryStore.hugeByte(from + i);
        }
        return bytes;
    }
}
