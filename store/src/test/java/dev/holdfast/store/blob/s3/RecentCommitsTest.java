package dev.holdfast.store.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RecentCommitsTest {
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    private final RecentCommits recent = new RecentCommits(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    @Test
    void commits_areRemembered_untilTheWindowHasPassed() {
        recent.add("a/1");
        now = now.plus(RecentCommits.WINDOW);
        recent.add("a/2");
        assertThat(recent.from("a/")).containsOnlyKeys("a/1", "a/2");
        now = now.plus(Duration.ofSeconds(1));
        assertThat(recent.contains("a/1")).isFalse();
        assertThat(recent.from("")).containsOnlyKeys("a/2");
        assertThat(recent.from("b")).isEmpty();
    }

    @Test
    void deletedName_isForgotten_andMayComeBack() {
        recent.add("a");
        recent.remove("a");
        assertThat(recent.contains("a")).isFalse();
        recent.add("a");
        assertThat(recent.contains("a")).isTrue();
    }

    @Test
    void clockThatIsSetBack_losesNothing() {
        recent.add("a");
        now = now.minus(Duration.ofHours(1));
        recent.add("b");
        assertThat(recent.from("")).containsOnlyKeys("a", "b");
    }
}
