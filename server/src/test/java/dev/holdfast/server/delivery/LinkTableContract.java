package dev.holdfast.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.database.Database;
import dev.holdfast.server.delivery.AttemptLedger.Admission;
import dev.holdfast.server.delivery.ByteRanges.Range;
import dev.holdfast.server.delivery.LinkState.Hash;
import dev.holdfast.server.delivery.LinkState.Status;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rows of links must keep; each database runs it. */
abstract class LinkTableContract {
    private static final Instant NOW = LinkFixture.START;
    private static final JobId JOB = new JobId("56da071f8d022d10b2f0a7c4");
    private static final PartId PART = new PartId("56ca4d828d022d10b2eff001");
    private static final long SIZE = 64L << 20;

    private Database database;
    private DeliveryLinks links;
    private Ledgers ledgers;

    abstract Database open();

    @BeforeEach
    void start() {
        database = open();
        links = new DeliveryLinks(
                database,
                new MemoryStore(),
                DeliverySettings.DEFAULTS,
                new LinkFixture.HandClock(),
                new SecureRandom());
        ledgers = new Ledgers(database, DeliverySettings.DEFAULTS, DownloadWatch.NONE);
    }

    @AfterEach
    void stop() {
        links.close();
        database.close();
    }

    private static LinkRequest request(int maxDownloads) {
        return new LinkRequest(
                JOB,
                new GroupId("5196d3628d022db4cbc26d9e"),
                PART,
                "config-1.tar.gz",
                maxDownloads,
                NOW.plusSeconds(60),
                NOW);
    }

    private LinkRow create(int maxDownloads) {
        // without the door, which would hash it at once
        database.change(tx -> LinkTable.insert(tx, request(maxDownloads), "token="));
        return row();
    }

    private LinkRow row() {
        return database.read(handle -> LinkTable.find(handle, JOB)).orElseThrow();
    }

    private static Selection plain() {
        return new Selection(200, new ByteRanges(List.of(new Range(0, SIZE))));
    }

    private static Selection range(long from, long to) {
        return new Selection(206, new ByteRanges(List.of(new Range(from, to))));
    }

    @Test
    void create_isPartOfTheCallersTransaction() {
        assertThatThrownBy(() -> database.change(tx -> {
                    links.create(tx, request(1));
                    throw new IllegalStateException("stop");
                }))
                .hasMessageContaining("stop");
        assertThat(links.state(JOB, NOW)).isNull();
        database.change(tx -> links.create(tx, request(1)));
        assertThat(links.state(JOB, NOW).path())
                .matches("/backup/restore/v2/pull/56da071f8d022d10b2f0a7c4/[A-Za-z0-9]{43}=/config-1\\.tar\\.gz");
    }

    @Test
    void create_refusesWhatIsNoLink() {
        LinkRequest noName = new LinkRequest(JOB, request(1).group(), PART, ".tar.gz", 1, NOW, NOW);
        assertThatThrownBy(() -> database.change(tx -> links.create(tx, noName)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> database.change(tx -> links.create(tx, request(0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void status_followsTheClock_andTheFirstReasonToBreakStays() {
        create(1);
        assertThat(links.states(List.of(JOB, new JobId("0".repeat(24))), NOW)).containsOnlyKeys(JOB);
        assertThat(links.state(JOB, NOW.plusSeconds(59)).status()).isEqualTo(Status.READY);
        assertThat(links.state(JOB, NOW.plusSeconds(60)).status()).isEqualTo(Status.EXPIRED);
        assertThat(links.pinned(NOW.plusSeconds(3659))).containsExactly(PART);
        assertThat(links.pinned(NOW.plusSeconds(3660))).isEmpty();
        database.change(tx -> LinkTable.setBroken(tx, JOB, "one"));
        database.change(tx -> LinkTable.setBroken(tx, JOB, "two"));
        assertThat(links.state(JOB, NOW).status()).isEqualTo(Status.FAILED);
        assertThat(links.state(JOB, NOW).brokenReason()).isEqualTo("one");
    }

    @Test
    void partThatIsBeingDownloaded_isPinned_howeverLongThatTakes() {
        LinkRow link = create(2);
        ledgers.open(link, SIZE, range(0, 10 << 20), "a", null, NOW);
        Instant late = NOW.plusSeconds(7200);
        ledgers.send(JOB, SIZE, "a", 1 << 20, 1 << 20, 2 << 20, null, late);
        assertThat(links.pinned(late.plusSeconds(599))).containsExactly(PART);
        assertThat(links.pinned(late.plusSeconds(600))).isEmpty();
    }

    @Test
    void aLedger_isTheSameAfterItWasSavedAndLoaded() {
        LinkRow link = create(2);
        ledgers.open(link, SIZE, range(0, 10 << 20), "a", null, NOW);
        long granted = ledgers.send(JOB, SIZE, "a", 3 << 20, 3 << 20, 7 << 20, null, NOW);
        ledgers.open(row(), SIZE, range(30 << 20, 40 << 20), "b", null, NOW);
        ledgers.end(JOB, SIZE, "b", 31 << 20, 32 << 20, null, NOW);
        assertThat(granted).isEqualTo(7 << 20);
        AttemptLedger loaded = load();
        assertThat(loaded.open())
                .containsExactly(new Attempt(
                        NOW, new ByteRanges(List.of(new Range(0, 3 << 20), new Range(30 << 20, 31 << 20)))));
        assertThat(loaded.charged()).isEqualTo(9 << 20);
        assertThat(loaded.sendings().get("a")).isEqualTo(new Sending("local", 3 << 20, 7 << 20, -1, NOW));
        assertThat(loaded.sendings().get("b"))
                .isEqualTo(new Sending("local", 31 << 20, 32 << 20, -1, AttemptLedger.silent(NOW)));
    }

    private AttemptLedger load() {
        return database.read(
                handle -> LedgerTable.load(handle, row(), LinkTerms.of(request(2), SIZE, DeliverySettings.DEFAULTS)));
    }

    @Test
    void aCompleteDownload_leavesNoRowsBehind() {
        LinkRow link = create(1);
        assertThat(ledgers.open(link, SIZE, plain(), "a", null, NOW).grantedTo())
                .isEqualTo(Ledgers.unit(SIZE));
        ledgers.send(JOB, SIZE, "a", Ledgers.unit(SIZE), Ledgers.unit(SIZE), SIZE, null, NOW);
        ledgers.end(JOB, SIZE, "a", SIZE, SIZE, null, NOW.plusMillis(5));
        assertThat(row().completed()).isEqualTo(1);
        assertThat(row().completedAt()).isEqualTo(NOW.plusMillis(5).toEpochMilli());
        assertThat(load().open()).isEmpty();
        assertThat(load().sendings()).isEmpty();
        assertThat(links.state(JOB, NOW).status()).isEqualTo(Status.MAX_DOWNLOADS_EXCEEDED);
        assertThat(ledgers.open(row(), SIZE, plain(), "b", null, NOW).admission())
                .isEqualTo(Admission.USED_UP);
    }

    @Test
    void answersThatEndAtTheSameTime_loseNoCoverage() throws Exception {
        create(1);
        int parts = 16;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                long from = SIZE / parts * i;
                String stream = "s" + i;
                work.add(() -> {
                    ledgers.open(row(), SIZE, range(from, from + SIZE / parts), stream, null, NOW);
                    ledgers.end(JOB, SIZE, stream, from + SIZE / parts, from + SIZE / parts, null, NOW);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(row().completed()).isEqualTo(1);
        assertThat(row().charged()).isEqualTo(SIZE);
    }

    @Test
    void whatAKilledProcessSent_isSettled_whenItsClientResumes() {
        LinkRow link = create(1);
        ledgers.open(link, SIZE, plain(), "a", null, NOW);
        ledgers.declareDead(NOW.plusSeconds(1));
        ledgers.open(row(), SIZE, range(1 << 20, SIZE), "b", null, NOW.plusSeconds(1));
        assertThat(load().open().get(0).covered().text()).isEqualTo("0-" + (1 << 20));
        assertThat(load().sendings()).containsOnlyKeys("b");
    }

    @Test
    void whatAnotherNodeSent_isSettledLater_whenItStaysSilent() {
        LinkRow link = create(1);
        ledgers.open(link, SIZE, plain(), "a", null, NOW);
        ledgers.open(row(), SIZE, range(1 << 20, 2 << 20), "b", null, NOW.plusSeconds(1));
        ledgers.end(JOB, SIZE, "b", 2 << 20, 2 << 20, null, NOW.plusSeconds(2));
        ledgers.settleDead(NOW.plusSeconds(30));
        assertThat(load().missing()).isEqualTo(SIZE - (1 << 20));
        ledgers.settleDead(NOW.plusSeconds(31));
        assertThat(load().missing()).isEqualTo(SIZE - (2 << 20));
    }

    @Test
    void aHash_isWrittenOnce_andShownAfterADownload() {
        LinkRow link = create(1);
        database.change(tx -> LinkTable.putHash(tx, JOB, new Hash("f", "1".repeat(40), "2".repeat(64)), NOW));
        database.change(tx -> LinkTable.putHash(tx, JOB, new Hash("f", "3".repeat(40), "4".repeat(64)), NOW));
        assertThat(links.state(JOB, NOW).hash()).isNull();
        ledgers.open(link, SIZE, range(0, SIZE), "a", null, NOW);
        ledgers.end(JOB, SIZE, "a", SIZE, SIZE, null, NOW);
        assertThat(links.state(JOB, NOW).hash()).isEqualTo(new Hash("config-1.tar.gz", "1".repeat(40), "2".repeat(64)));
    }
}
