package dev.holdfast.store.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WrittenTimesTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final long MILLIS = NOON.toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void laterOfTwoClocks_counts() {
        assertThat(WrittenTimes.of(NOON, "e", 9, Long.toString(MILLIS + 5))).hasValue(MILLIS + 5);
        assertThat(WrittenTimes.of(NOON, "e", 9, Long.toString(MILLIS - 5))).hasValue(MILLIS);
        assertThat(WrittenTimes.of(NOON, "e", 9, null)).hasValue(MILLIS);
    }

    @Test
    void metadataThatIsNoTime_isNotRead() {
        for (String other : new String[] {"", "-1", "soon", "9".repeat(30)}) {
            assertThat(WrittenTimes.of(NOON, null, 9, other)).as(other).hasValue(MILLIS);
        }
    }

    @Test
    void objectOfParts_isKnownByItsTag_orByItsSize() {
        assertThat(WrittenTimes.of(NOON, "\"abc-2\"", 9, null)).hasValue(MILLIS + DAY);
        assertThat(WrittenTimes.of(NOON, "\"abc\"", S3BlobStore.PART + 1, null)).hasValue(MILLIS + DAY);
        assertThat(WrittenTimes.of(NOON, "\"abc\"", S3BlobStore.PART, null)).hasValue(MILLIS);
    }

    @Test
    void objectWithoutADate_hasNoAge() {
        assertThat(WrittenTimes.of(null, "e", 9, Long.toString(MILLIS))).isEmpty();
    }
}
