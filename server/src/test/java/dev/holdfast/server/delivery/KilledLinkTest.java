package dev.holdfast.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.delivery.LinkState.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An administrator stops a job: its link is dead at once, on every node. */
@Timeout(60)
final class KilledLinkTest {
    private static final byte[] ARCHIVE = LinkFixture.random(1 << 20, 5);
    private static final long HUGE = 64L << 30;

    @TempDir
    private Path folder;

    private Database database;
    private MemoryStore store;
    private LinkFixture node;

    @BeforeEach
    void start() {
        database = TestDatabases.sqlite(folder, List.of(DeliveryLinks.MIGRATIONS));
        store = new MemoryStore();
        node = new LinkFixture(database, store, DeliverySettings.DEFAULTS, new LinkFixture.HandClock());
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @Test
    void aKilledLink_givesNothing_andSaysSo() {
        JobId job = node.link(ARCHIVE, 2);
        assertThat(node.get(job).body()).isEqualTo(ARCHIVE);
        kill(job);
        assertThat(node.get(job).status()).isEqualTo(410);
        assertThat(node.head(job).status()).isEqualTo(410);
        assertThat(node.get(job, "Range: bytes=1048000-").status())
                .as("no allowance for retries either")
                .isEqualTo(410);
        assertThat(node.state(job).status()).isEqualTo(Status.INTERRUPTED);
        assertThat(node.links.pinned(node.clock.now)).isEmpty();
    }

    @Test
    void aRunningDownload_breaksOff() {
        JobId job = node.hugeLink(HUGE, 1);
        try (RawClient client = node.client()) {
            client.send("GET", node.path(job));
            client.readHead();
            client.readBytes(1 << 20);
            kill(job);
            assertBreaks(client);
        }
        node.quiet(job);
    }

    @Test
    void aRunningDownloadOfAnotherNode_breaksOffToo() {
        DeliverySettings d = DeliverySettings.DEFAULTS;
        // a node looks at its links a quarter of this often
        DeliverySettings quick = new DeliverySettings(
                2,
                d.grace(),
                d.tailWindow(),
                d.tailBytes(),
                Duration.ofSeconds(2),
                4,
                4,
                4,
                64 << 10,
                2,
                0,
                d.hashWait(),
                "b");
        JobId job = node.hugeLink(HUGE, 1);
        try (LinkFixture other = new LinkFixture(database, store, quick, new LinkFixture.HandClock());
                RawClient client = other.client()) {
            client.send("GET", other.path(job));
            client.readHead();
            client.readBytes(1 << 20);
            kill(job);
            assertBreaks(client);
            assertThat(other.get(job).status()).isEqualTo(410);
        }
    }

    @Test
    void aLinkThatIsBroken_staysSo() {
        JobId job = node.link(ARCHIVE, 1);
        database.change(tx -> LinkTable.setBroken(tx, job, "damaged"));
        kill(job);
        assertThat(node.state(job).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aKillThatIsNotCommitted_changesNothing() {
        JobId job = node.link(ARCHIVE, 1);
        try {
            database.change(tx -> {
                node.links.kill(tx, job, node.clock.now);
                throw new IllegalStateException("the rest of the transaction failed");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("the rest");
        }
        assertThat(node.get(job).body()).isEqualTo(ARCHIVE);
    }

    private void kill(JobId job) {
        database.change(tx -> node.links.kill(tx, job, node.clock.now));
    }

    /** What is in the buffers of both ends still comes; then the connection ends long before the archive does. */
    private static void assertBreaks(RawClient client) {
        long rest = 0;
        int got;
        do {
            got = client.readUpTo(4 << 20).length;
            rest += got;
        } while (got == 4 << 20);
        assertThat(rest).isLessThan(HUGE - (2L << 20));
    }
}
