package dev.holdfast.store.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AgesTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore(at(NOON)));

    private static Clock at(Instant when) {
        return Clock.fixed(when, ZoneOffset.UTC);
    }

    private Ages ages(Instant here) {
        return Ages.at(blobs, here, SweepMargins.SAFE);
    }

    private static BlobEntry written(Instant when) {
        return new BlobEntry("a", 1, OptionalLong.of(when.toEpochMilli()));
    }

    @Test
    void earlierOfTwoClocks_counts() {
        Instant tomorrow = NOON.plus(DAY);
        for (Duration there : new Duration[] {Duration.ofMinutes(-59), Duration.ZERO, Duration.ofMinutes(59)}) {
            blobs.clock(at(tomorrow.plus(there)));
            Ages ages = ages(tomorrow);
            assertThat(ages.doubt()).isNull();
            assertThat(ages.isOld(written(NOON), DAY)).as("%s", there).isEqualTo(!there.isNegative());
            assertThat(ages.isOld(written(NOON.minus(Duration.ofHours(1))), DAY))
                    .isTrue();
            assertThat(ages.isOld(written(NOON.plusSeconds(1)), DAY)).isFalse();
        }
    }

    @Test
    void clocksThatAreFarApart_tellNoAge_whicheverIsAhead() {
        for (long hours : new long[] {-2, 2, 24 * 365}) {
            blobs.clock(at(NOON.plus(Duration.ofHours(hours))));
            assertThat(ages(NOON).doubt()).contains("2026-11-24T12:00:00Z", "is not known until they agree");
        }
    }

    @Test
    void whatLooksOldInAListing_isAskedForOnceMore() {
        blobs.put("a", new byte[] {1});
        Ages ages = ages(NOON.plus(DAY).minusSeconds(1));
        BlobEntry old = written(NOON.minus(DAY));
        assertThat(ages.isOld(old, DAY)).isTrue();
        assertThat(ages.writtenIfOld(old, DAY))
                .as("the store says that it is a second younger")
                .isEmpty();
        assertThat(ages(NOON.plus(DAY)).writtenIfOld(old, DAY)).contains(NOON);
    }

    @Test
    void whatHasNoAge_orIsGone_isNeverOld() {
        Ages ages = ages(NOON.plus(DAY));
        assertThat(ages.isOld(new BlobEntry("a", 1, OptionalLong.empty()), Duration.ZERO))
                .isFalse();
        assertThat(ages.writtenIfOld(written(NOON.minus(DAY)), DAY)).isEmpty();
    }
}
