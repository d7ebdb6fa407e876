package dev.holdfast.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.delivery.LinkState.Status;
import dev.holdfast.server.delivery.RawClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that do not run through: cut, damaged, stalled, refused, on a node that dies, on two nodes. */
final class CutDownloadTest {
    private static final int MIB = 1 << 20;
    private static final byte[] ARCHIVE = LinkFixture.random(48 * MIB, 11);

    @TempDir
    private Path folder;

    private Database database;
    private LinkFixture node;

    @BeforeEach
    void start() {
        database = TestDatabases.sqlite(folder, List.of(DeliveryLinks.MIGRATIONS));
        node = node(DeliverySettings.DEFAULTS);
    }

    private LinkFixture node(DeliverySettings settings) {
        return new LinkFixture(database, new MemoryStore(), settings, new LinkFixture.HandClock());
    }

    private static DeliverySettings tuned(Duration stall, int maxStreams) {
        DeliverySettings d = DeliverySettings.DEFAULTS;
        return new DeliverySettings(
                2,
                d.grace(),
                d.tailWindow(),
                d.tailBytes(),
                stall,
                maxStreams,
                16,
                16,
                64 << 10,
                2,
                0,
                d.hashWait(),
                "local");
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @Test
    void aDownloadThatIsCutFiveTimes_endsWhole_andCountsAsOne() throws Exception {
        JobId job = node.link(ARCHIVE, 1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 5; i++) {
            String[] resume = all.size() == 0 ? new String[0] : new String[] {"Range: bytes=" + all.size() + "-"};
            all.write(node.getAndCut(job, 3 * MIB + 1234 * i, resume));
        }
        node.quiet(job);
        assertThat(node.state(job).status()).isEqualTo(Status.READY);
        Response rest = node.get(job, "Range: bytes=" + all.size() + "-", "If-Range: \"" + "e".repeat(64) + "\"");
        assertThat(rest.status()).isEqualTo(206);
        all.write(rest.body());
        assertThat(all.toByteArray()).isEqualTo(ARCHIVE);
        LinkState state = node.links.awaitState(job, node.clock.now);
        assertThat(state.status()).isEqualTo(Status.MAX_DOWNLOADS_EXCEEDED);
        assertThat(node.row(job).completed()).isEqualTo(1);
        assertThat(state.hash()).isNotNull();
        assertThat(node.row(job).charged()).isLessThan(3L * ARCHIVE.length);
    }

    @Test
    void curl_resumesWhatWasCut_andUsesUpOneDownload() throws Exception {
        JobId job = node.link(ARCHIVE, 2);
        Path file = folder.resolve("got.tar.gz");
        for (int i = 1; i <= 5; i++) {
            long enough = i * 4L * MIB;
            Process curl = curl(job, file, "--limit-rate", "40M");
            LinkFixture.eventually("curl writes", () -> size(file) >= enough || !curl.isAlive());
            curl.destroyForcibly().waitFor();
        }
        assertThat(curl(job, file).waitFor()).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(ARCHIVE);
        assertThat(node.links.awaitState(job, node.clock.now).status()).isEqualTo(Status.READY);
        assertThat(node.row(job).completed()).isEqualTo(1);
    }

    private Process curl(JobId job, Path file, String... more) throws IOException {
        List<String> command =
                new java.util.ArrayList<>(List.of("curl", "-sS", "-f", "-C", "-", "-o", file.toString()));
        command.addAll(List.of(more));
        command.add("http://127.0.0.1:" + node.port() + node.path(job));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void damage_breaksTheConnectionBeforeTheTrailer_andTheLink() {
        node.close();
        node = node(tuned(DeliverySettings.DEFAULTS.stall(), 4)); // no hasher that meets the damage first
        JobId job = node.link(ARCHIVE, 1);
        node.store.corruptAt = 20 * MIB;
        Response response = node.get(job);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.broken()).isTrue();
        assertThat(response.body()).hasSizeLessThanOrEqualTo(20 * MIB);
        assertThat(response.body()).isEqualTo(Arrays.copyOf(ARCHIVE, response.body().length));
        LinkFixture.eventually("the link is marked", () -> node.state(job).status() == Status.FAILED);
        assertThat(node.state(job).brokenReason()).contains("packs/ab/cdef").contains("" + 20 * MIB);
        assertThat(node.get(job).status()).isEqualTo(404);
    }

    @Test
    void aStoreThatIsAway_breaksTheConnection_butNotTheLink() {
        JobId job = node.link(ARCHIVE, 1);
        node.store.unavailableAt = 20 * MIB;
        assertThat(node.get(job).broken()).isTrue();
        node.quiet(job);
        assertThat(node.state(job).status()).isEqualTo(Status.READY);
        node.store.unavailableAt = Long.MAX_VALUE;
        assertThat(node.get(job).body()).isEqualTo(ARCHIVE);
    }

    @Test
    void leavingOutTheEnd_usesUpTheLink_whenTheAllowanceIsGone() {
        byte[] small = Arrays.copyOf(ARCHIVE, 100_000);
        JobId job = node.link(small, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(node.get(job, "Range: bytes=0-99998").status()).isEqualTo(206);
            node.quiet(job);
        }
        assertThat(node.get(job).status()).isEqualTo(403);
        assertThat(node.state(job).status()).isEqualTo(Status.MAX_DOWNLOADS_EXCEEDED);
    }

    @Test
    void aClientThatTakesNothing_isCutOff_andItsPlaceIsFree() {
        node.close();
        node = node(tuned(Duration.ofMillis(400), 1));
        JobId job = node.link(ARCHIVE, 1);
        try (RawClient idle = node.client()) {
            idle.send("GET", node.path(job));
            assertThat(idle.readHead().status()).isEqualTo(200);
            assertThat(node.get(job).status()).as("the only place is taken").isEqualTo(503);
            LinkFixture.eventually(
                    "the idle client is cut",
                    () -> node.get(job, "Range: bytes=0-0").status() == 206);
        }
    }

    @Test
    void aDownloadGoesOn_onTheProcessThatFollowsAKilledOne() throws Exception {
        JobId job = node.link(ARCHIVE, 1);
        int half = 20 * MIB + 17;
        byte[] begin;
        byte[] rest;
        try (RawClient client = node.client();
                Database again = Database.open(
                        DatabaseConfig.sqlite(folder.resolve("holdfast.db")), List.of(DeliveryLinks.MIGRATIONS));
                LinkFixture next = new LinkFixture(again, node.store, DeliverySettings.DEFAULTS, node.clock)) {
            client.send("GET", node.path(job));
            client.readHead();
            begin = client.readBytes(half);
            // as after kill -9: nobody has ended the answer, and its process is known to be dead
            again.change(tx -> LedgerTable.declareDead(tx, "local", node.clock.now));
            Response response = next.get(job, "Range: bytes=" + half + "-");
            rest = response.body();
            assertThat(response.status()).isEqualTo(206);
            LinkState state = next.links.awaitState(job, node.clock.now);
            assertThat(state.status()).isEqualTo(Status.MAX_DOWNLOADS_EXCEEDED);
            assertThat(state.hash()).isNotNull();
        }
        assertThat(begin).isEqualTo(Arrays.copyOf(ARCHIVE, half));
        assertThat(rest).isEqualTo(Arrays.copyOfRange(ARCHIVE, half, ARCHIVE.length));
        assertThat(node.row(job).completed()).isEqualTo(1);
    }

    @Test
    void halvesFromTwoNodesAtOnce_makeOneDownload() throws Exception {
        JobId job = node.link(ARCHIVE, 1);
        try (Database again = Database.open(
                        DatabaseConfig.sqlite(folder.resolve("holdfast.db")), List.of(DeliveryLinks.MIGRATIONS));
                LinkFixture other = new LinkFixture(again, node.store, DeliverySettings.DEFAULTS, node.clock)) {
            int middle = ARCHIVE.length / 2;
            Response[] first = new Response[1];
            Thread thread = new Thread(() -> first[0] = node.get(job, "Range: bytes=0-" + (middle - 1)));
            thread.start();
            Response second = other.get(job, "Range: bytes=" + middle + "-");
            thread.join();
            assertThat(first[0].body()).isEqualTo(Arrays.copyOf(ARCHIVE, middle));
            assertThat(second.body()).isEqualTo(Arrays.copyOfRange(ARCHIVE, middle, ARCHIVE.length));
            LinkFixture.eventually("it is counted", () -> node.state(job).status() == Status.MAX_DOWNLOADS_EXCEEDED);
        }
    }

    @Test
    void questionsThatWaitForAHash_areFew_soThatOthersAreAnswered() throws Exception {
        node.close();
        DeliverySettings d = DeliverySettings.DEFAULTS;
        Duration patience = Duration.ofSeconds(30);
        node = node(new DeliverySettings(
                2, d.grace(), d.tailWindow(), 0, d.stall(), 4, 4, 4, 65536, 2, 0, patience, "local"));
        JobId job = node.link(ARCHIVE, 1);
        assertThat(node.get(job).body()).hasSize(ARCHIVE.length);
        LinkFixture.eventually("it is counted and hashed", () -> node.state(job).hash() != null);
        // as if the hash took its time
        node.store.gate = new CountDownLatch(1);
        database.change(tx -> tx.execute("DELETE FROM delivery_hash"));
        ExecutorService asking = Executors.newFixedThreadPool(12);
        try {
            CompletionService<LinkState> answers = new ExecutorCompletionService<>(asking);
            for (int i = 0; i < 12; i++) {
                answers.submit(() -> node.links.awaitState(job, node.clock.now));
            }
            for (int i = 0; i < 8; i++) {
                Future<LinkState> answer = answers.poll(10, TimeUnit.SECONDS);
                assertThat(answer).as("answer " + i).isNotNull();
                assertThat(answer.get().status()).isEqualTo(Status.MAX_DOWNLOADS_EXCEEDED);
                assertThat(answer.get().hash()).isNull();
            }
            node.store.gate.countDown();
            for (int i = 0; i < 4; i++) {
                assertThat(answers.poll(10, TimeUnit.SECONDS).get().hash()).isNotNull();
            }
        } finally {
            node.store.gate.countDown();
            asking.shutdown();
        }
    }

    @Test
    @Timeout(40)
    void aServerThatStops_endsADownloadThatStandsStill_andKeepsWhatWasSent() {
        JobId job = node.link(ARCHIVE, 1);
        int taken = 2 * MIB + 17;
        byte[] begin;
        try (RawClient idle = node.client()) {
            idle.send("GET", node.path(job));
            assertThat(idle.readHead().status()).isEqualTo(200);
            begin = idle.readBytes(taken);
            node.close();
        }
        long sent = database.read(handle -> handle.createQuery("SELECT covered FROM delivery_attempt")
                .map((row, context) -> ByteRanges.parse(row.getString(1)).size())
                .one());
        assertThat(sent).isGreaterThanOrEqualTo(taken);
        node = new LinkFixture(database, node.store, DeliverySettings.DEFAULTS, node.clock);
        Response rest = node.get(job, "Range: bytes=" + taken + "-");
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(ARCHIVE, taken, ARCHIVE.length));
        assertThat(begin).isEqualTo(Arrays.copyOf(ARCHIVE, taken));
        LinkFixture.eventually("it counts as one", () -> node.row(job).completed() == 1);
    }

    @Test
    void aHashThatWasNotFinished_isTakenUpByTheNextStart() throws Exception {
        node.store.gate = new CountDownLatch(1);
        JobId job = node.link(ARCHIVE, 1);
        MemoryStore store = node.store;
        Thread closing = new Thread(node::close);
        closing.start();
        store.gate.countDown();
        closing.join(TimeUnit.SECONDS.toMillis(20));
        node = new LinkFixture(database, store, DeliverySettings.DEFAULTS, node.clock);
        LinkFixture.eventually("the hash is there", () -> node.row(job).hash() != null);
    }
}
