package dev.holdfast.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.http.ChangeAttempt;
import dev.holdfast.server.http.ChangeWatch;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chain on each database. */
abstract class AuditContract {
    private static final Instant NOW = Instant.parse("2016-03-04T22:07:27.123Z");
    private static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    private static final HeadKey OLD = key("old", 1);
    private static final HeadKey NEW = key("new", 2);

    private DatabaseConfig config;
    private Database database;
    private AuditTrail trail;

    abstract DatabaseConfig config() throws Exception;

    @BeforeEach
    void open() throws Exception {
        config = config();
        database = Database.open(config, List.of(AuditTrail.MIGRATIONS));
        trail = new AuditTrail(database, List.of(OLD));
    }

    @AfterEach
    void close() {
        trail.close();
        database.close();
    }

    @Test
    void aChainThatNobodyTouched_isWhole_alsoWhenTheKeyWasChanged() {
        assertThat(verify().whole()).isTrue();
        write(5);
        assertThat(verify()).returns(5L, AuditReport::records).returns(true, AuditReport::whole);
        AuditTrail next = new AuditTrail(database, List.of(NEW, OLD));
        next.record(AuditRecord.of(AuditKind.KEY, "sixth", NOW));
        next.close();
        assertThat(new AuditVerification(database, List.of(NEW, OLD)).run(null).records())
                .isEqualTo(6);
        assertThat(new AuditVerification(database, List.of(OLD)).run(null).why())
                .contains("seal");
    }

    @Test
    void aRecordThatWasChanged_isTheOneThatIsNamed() {
        write(5);
        tamper("UPDATE audit_record SET text = replace(text, 'number 3', 'number 9') WHERE seq = 3");
        assertThat(verify()).returns(3L, AuditReport::brokenAt).returns(2L, AuditReport::records);
    }

    @Test
    void aRecordWhoseHashWasMadeAnew_breaksTheNextOne() {
        write(5);
        AuditRow row = row(3);
        String text = row.text().replace("number 3", "number 9");
        String hash = Chain.hash(row(2).hash(), text);
        tamper("UPDATE audit_record SET text = '" + text + "', hash = '" + hash + "' WHERE seq = 3");
        assertThat(verify()).returns(4L, AuditReport::brokenAt);
    }

    @Test
    void aRecordThatWasTakenOut_isNamed() {
        write(5);
        tamper("DELETE FROM audit_record WHERE seq = 2");
        assertThat(verify()).returns(2L, AuditReport::brokenAt).returns("record 2 is missing", AuditReport::why);
    }

    @Test
    void anEndThatWasCutOff_isFound_alsoWhenTheHeadWasSetBackWithIt() {
        write(5);
        tamper("DELETE FROM audit_record WHERE seq > 3");
        assertThat(verify()).returns(4L, AuditReport::brokenAt);
        tamper("UPDATE audit_head SET seq = 3, hash = '" + row(3).hash() + "'");
        assertThat(verify().why()).contains("seal");
    }

    @Test
    void aHistoryWrittenAnewWithOurKey_isFoundByAHeadThatWasKept() {
        write(5);
        String kept = verify().head();
        assertThat(new AuditVerification(database, List.of(OLD)).run(kept).whole())
                .isTrue();
        tamper("DELETE FROM audit_record");
        tamper("UPDATE audit_head SET seq = 0, hash = '" + Chain.BEGINNING + "', seal = ''");
        trail.record(AuditRecord.of(AuditKind.CHANGE, "another history", NOW));
        write(9);
        assertThat(verify().whole()).isTrue();
        assertThat(new AuditVerification(database, List.of(OLD)).run(kept).why())
                .contains("does not contain");
    }

    @Test
    void aColumnThatSaysAnotherThingThanTheText_isFound_andSoIsARecordBehindTheEnd() {
        write(3);
        tamper("UPDATE audit_record SET group_id = NULL WHERE seq = 2");
        assertThat(verify()).returns(2L, AuditReport::brokenAt);
        tamper("UPDATE audit_record SET group_id = '" + GROUP + "' WHERE seq = 2");
        assertThat(verify().whole()).isTrue();
        tamper("INSERT INTO audit_record (seq, at, kind, text, hash) VALUES (4, 0, 'KEY', '{}', '')");
        assertThat(verify()).returns(4L, AuditReport::brokenAt);
    }

    @Test
    void twoNodesThatWriteAtOnce_makeOneChainWithoutGaps() throws Exception {
        try (Database other = Database.open(config, List.of(AuditTrail.MIGRATIONS));
                AuditTrail there = new AuditTrail(other, List.of(OLD))) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (AuditTrail each : List.of(trail, there, trail, there)) {
                writers.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 15; i++) {
                        each.record(AuditRecord.of(AuditKind.CHANGE, "one of many", NOW));
                    }
                }));
            }
            writers.forEach(CompletableFuture::join);
        }
        assertThat(verify()).returns(60L, AuditReport::records).returns(true, AuditReport::whole);
    }

    @Test
    void aChange_andItsRecord_areThereTogetherOrNotAtAll() {
        database.change(tx -> tx.execute("CREATE TABLE thing (name TEXT PRIMARY KEY)"));
        ChangeWatch changes = trail.changes();
        ChangeAttempt attempt = attempt();
        changes.began(attempt);
        database.change(tx -> tx.execute("INSERT INTO thing VALUES ('a')"));
        database.change(tx -> tx.execute("INSERT INTO thing VALUES ('b')"));
        changes.ended(attempt, 200, null);
        assertThat(texts()).singleElement().asString().contains("\"outcome\":\"DONE\"", "\"who\":\"ewmaqvdo\"");

        changes.began(attempt);
        assertThatThrownBy(() -> database.change(tx -> {
                    tx.execute("INSERT INTO thing VALUES ('c')");
                    throw new IllegalStateException("it went wrong");
                }))
                .hasMessageContaining("it went wrong");
        assertThat(texts()).hasSize(1);
        changes.ended(attempt, 500, "UNEXPECTED_ERROR");
        assertThat(texts()).hasSize(2);
        assertThat(texts().get(1)).contains("\"outcome\":\"FAILED\"", "\"status\":500");
    }

    @Test
    void whatFailsAfterItsCommit_isRecordedTwice() {
        database.change(tx -> tx.execute("CREATE TABLE thing (name TEXT PRIMARY KEY)"));
        ChangeAttempt attempt = attempt();
        trail.changes().began(attempt);
        database.change(tx -> tx.execute("INSERT INTO thing VALUES ('a')"));
        trail.changes().ended(attempt, 409, "VALIDATION_ERROR");
        assertThat(texts()).hasSize(2);
        assertThat(texts().get(1)).contains("\"outcome\":\"FAILED\"", "\"errorCode\":\"VALIDATION_ERROR\"");
        // and the thread is nobody's again
        database.change(tx -> tx.execute("INSERT INTO thing VALUES ('b')"));
        assertThat(texts()).hasSize(2);
    }

    @Test
    void whatAnybodyMayCauseWithoutEnd_takesABoundedNumberOfRecords_andLosesNoCount() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            InetAddress from = InetAddress.getByName("192.0.2." + i % 200);
            trail.changes().signInFailed(from, null, NOW);
        }
        trail.writeNoted();
        assertThat(texts()).hasSizeLessThanOrEqualTo(Tally.MOST + 1);
        long counted = texts().stream()
                .mapToLong(text -> Long.parseLong(text.replaceAll(".*\"count\":([0-9]+).*", "$1")))
                .sum();
        assertThat(counted).isEqualTo(10_000);
        trail.writeNoted();
        assertThat(texts()).hasSizeLessThanOrEqualTo(Tally.MOST + 1);
    }

    private void write(int records) {
        for (int i = 1; i <= records; i++) {
            trail.record(AuditRecord.of(AuditKind.CHANGE, "number " + i, NOW).in(GROUP));
        }
    }

    private AuditReport verify() {
        return new AuditVerification(database, List.of(OLD)).run(null);
    }

    private void tamper(String sql) {
        database.change(tx -> tx.execute(sql));
    }

    private AuditRow row(long seq) {
        return database.read(handle -> AuditTable.walk(handle, seq - 1, seq, 1)).get(0);
    }

    private List<String> texts() {
        return database.read(handle -> AuditTable.walk(handle, 0, Long.MAX_VALUE, 1000)).stream()
                .map(AuditRow::text)
                .toList();
    }

    private static ChangeAttempt attempt() {
        return new ChangeAttempt(
                "54ccbe6e0cf2d19b280496b2",
                "ewmaqvdo",
                InetAddress.getLoopbackAddress(),
                "POST /things",
                "/things",
                GROUP,
                null,
                NOW);
    }

    private static HeadKey key(String id, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return new HeadKey(id, new SecretKeySpec(bytes, "HmacSHA256"));
    }
}
