package dev.holdfast.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.delivery.AttemptLedger.Admission;
import dev.holdfast.server.delivery.ByteRanges.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttemptLedgerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant EXPIRES = START.plusSeconds(3600);
    private static final long MIB = 1 << 20;
    private static final long SIZE = 100 * MIB;

    private final AttemptLedger ledger = AttemptLedger.fresh(terms(1));

    private static LinkTerms terms(int maxDownloads) {
        return new LinkTerms(SIZE, maxDownloads, EXPIRES, 2, Duration.ofHours(1), Duration.ofMinutes(10), 16 * MIB);
    }

    private static ByteRanges range(long from, long to) {
        return new ByteRanges(List.of(new Range(from, to)));
    }

    private void send(long from, long to, Instant now) {
        assertThat(ledger.send("s", "n", from, from, to, now)).isEqualTo(to);
        ledger.end("s", to, to, now);
    }

    @Test
    void afterTheLastDownload_onlyItsTailIsServed_andOnlyForAWhile() {
        send(0, SIZE, START);
        assertThat(ledger.admit(range(0, SIZE), true, START)).isEqualTo(Admission.USED_UP);
        assertThat(ledger.admit(range(0, SIZE), false, START)).isEqualTo(Admission.USED_UP);
        assertThat(ledger.admit(range(84 * MIB - 1, SIZE), false, START)).isEqualTo(Admission.USED_UP);
        assertThat(ledger.admit(range(84 * MIB, SIZE), false, START)).isEqualTo(Admission.SERVED);
        Instant later = START.plusSeconds(600);
        assertThat(ledger.admit(range(84 * MIB, SIZE), false, later.minusMillis(1)))
                .isEqualTo(Admission.SERVED);
        assertThat(ledger.admit(range(84 * MIB, SIZE), false, later)).isEqualTo(Admission.USED_UP);
    }

    @Test
    void expiry_endsNewDownloads_butNotThoseThatBegan() {
        assertThat(ledger.admit(range(0, SIZE), true, EXPIRES.minusMillis(1))).isEqualTo(Admission.SERVED);
        send(0, MIB, EXPIRES.minusMillis(1));
        assertThat(ledger.admit(range(0, SIZE), true, EXPIRES)).isEqualTo(Admission.EXPIRED);
        assertThat(ledger.admit(range(MIB, SIZE), false, EXPIRES)).isEqualTo(Admission.SERVED);
        assertThat(ledger.admit(range(0, MIB), false, EXPIRES))
                .as("it has those bytes")
                .isEqualTo(Admission.EXPIRED);
        assertThat(ledger.admit(range(MIB, SIZE), false, EXPIRES.plusSeconds(3600)))
                .isEqualTo(Admission.EXPIRED);
    }

    @Test
    void expiry_endsRanges_whenNothingBegan() {
        assertThat(ledger.admit(range(MIB, SIZE), false, EXPIRES)).isEqualTo(Admission.EXPIRED);
    }

    @Test
    void aRunningDownload_goesOnAfterExpiry_untilTheGraceIsOver() {
        assertThat(ledger.send("s", "n", 0, 0, MIB, START)).isEqualTo(MIB);
        assertThat(ledger.send("s", "n", MIB, MIB, 2 * MIB, EXPIRES.plusSeconds(1)))
                .isEqualTo(2 * MIB);
        assertThat(ledger.send("s", "n", MIB, MIB, 3 * MIB, EXPIRES.plusSeconds(3600)))
                .as("what was granted stays granted")
                .isEqualTo(2 * MIB);
        assertThat(ledger.send("s", "n", 2 * MIB, 2 * MIB, 3 * MIB, EXPIRES.plusSeconds(3600)))
                .isEqualTo(2 * MIB);
    }

    @Test
    void noLimit_isNoLimit_andDoesNotOverflow() {
        LinkTerms terms = terms(LinkRequest.NO_LIMIT);
        AttemptLedger unlimited =
                new AttemptLedger(terms, LinkRequest.NO_LIMIT, START, 1L << 60, List.of(), java.util.Map.of());
        assertThat(terms.budget()).isEqualTo(Long.MAX_VALUE);
        assertThat(unlimited.admit(range(0, SIZE), true, START)).isEqualTo(Admission.SERVED);
    }

    @Test
    void budget_saturates_whereItWouldOverflow() {
        LinkTerms huge = new LinkTerms(1L << 50, LinkRequest.NO_LIMIT - 1, EXPIRES, 2, Duration.ZERO, Duration.ZERO, 0);
        assertThat(huge.budget()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aBrokenAnswer_isCountedUpToWhereItsClientResumes() {
        assertThat(ledger.send("s", "n", 0, 0, 10 * MIB, START)).isEqualTo(10 * MIB);
        ledger.end("s", 4 * MIB, 5 * MIB, START);
        assertThat(ledger.charged()).as("what may have left stays charged").isEqualTo(5 * MIB);
        ledger.resumedAt(4 * MIB + 7);
        ledger.settleDead(START);
        assertThat(ledger.missing()).isEqualTo(SIZE - 4 * MIB - 7);
    }

    @Test
    void aLivingAnswer_isNotCountedByWhatOthersAskFor() {
        assertThat(ledger.send("s", "n", 0, 0, 10 * MIB, START)).isEqualTo(10 * MIB);
        ledger.resumedAt(5 * MIB);
        ledger.settleDead(START.plus(AttemptLedger.SILENCE));
        assertThat(ledger.missing()).isEqualTo(SIZE);
        ledger.settleDead(START.plus(AttemptLedger.SILENCE).plusMillis(1));
        assertThat(ledger.missing()).as("it fell silent").isEqualTo(SIZE - 5 * MIB);
    }
}
