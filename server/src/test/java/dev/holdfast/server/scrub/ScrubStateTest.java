package dev.holdfast.server.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ScrubStateTest {
    private static final Instant NOW = Instant.parse("2026-01-20T10:00:00Z");
    private static final ScrubSettings DAILY = new ScrubSettings(1000, 0, 0);

    @Test
    void scrub_isOverdue_whenTwoRoundsShouldBeOver() {
        // rounds of 3500 bytes take four days each; two of them and two days of grace
        assertThat(round(Duration.ofDays(10), 3500).isOverdue(DAILY, NOW)).isFalse();
        assertThat(round(Duration.ofDays(10).plusMillis(1), 3500).isOverdue(DAILY, NOW))
                .isTrue();
    }

    @Test
    void firstRound_hasItsTime_asLongAsItGetsOn() {
        assertThat(first(Duration.ofDays(19), 19_000).isOverdue(DAILY, NOW)).isFalse();
        assertThat(first(Duration.ofDays(19), 0).isOverdue(DAILY, NOW)).isTrue();
    }

    @Test
    void scrubThatIsOff_orHasNotBegun_isNot() {
        assertThat(round(Duration.ofDays(1000), 1).isOverdue(new ScrubSettings(0, 0, 0), NOW))
                .isFalse();
        assertThat(ScrubState.NEVER.isOverdue(DAILY, NOW)).isFalse();
    }

    private static ScrubState round(Duration age, long bytes) {
        Instant begun = NOW.minus(age);
        return new ScrubState(ScrubState.NEVER.cursor(), null, 0, begun, begun, bytes, 0, 0, begun);
    }

    private static ScrubState first(Duration age, long bytes) {
        return new ScrubState(ScrubState.NEVER.cursor(), NOW.minus(age), bytes, null, null, 0, 0, 0, NOW);
    }
}
