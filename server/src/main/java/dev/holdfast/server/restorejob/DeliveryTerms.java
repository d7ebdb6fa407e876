package dev.holdfast.server.restorejob;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How often and until when an archive may be downloaded.
 *
 * @param maxDownloads 1 to {@link #NO_LIMIT}
 * @param expirationHours as asked for; when a time was asked for, the hours until then, rounded up
 * @param expires when the link ends, in whole milliseconds
 */
public record DeliveryTerms(int maxDownloads, long expirationHours, Instant expires) {
    /** Stands for any number of downloads. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Longest time that may be asked for: a hundred years, so that no date overflows. */
    public static final long MAX_HOURS = 24L * 365 * 100;

    /** Checks the bounds. */
    public DeliveryTerms {
        if (maxDownloads < 1 || expirationHours < 1 || expirationHours > MAX_HOURS) {
            throw new IllegalArgumentException(
                    "delivery out of bounds: " + maxDownloads + " downloads within " + expirationHours + " hours");
        }
        // as precise as its row, so that a job reads back equal
        expires = expires.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Downloads within {@code hours} from {@code now}. */
    public static DeliveryTerms within(int maxDownloads, long hours, Instant now) {
        return new DeliveryTerms(maxDownloads, hours, now.plus(Duration.ofHours(hours)));
    }

    /** Downloads until {@code expires}, which is after {@code now}. */
    public static DeliveryTerms until(int maxDownloads, Instant expires, Instant now) {
        Duration left = Duration.between(now, expires);
        long hours = left.toHours();
        return new DeliveryTerms(maxDownloads, left.equals(Duration.ofHours(hours)) ? hours : hours + 1, expires);
    }
}
