package dev.holdfast.server.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * What was promised about a link, and what follows from it in bytes.
 *
 * @param size bytes of the archive
 * @param maxDownloads permitted downloads; {@link LinkRequest#NO_LIMIT} for no limit
 * @param retries times the size, per permitted download, that may be sent on top
 */
record LinkTerms(
        long size,
        int maxDownloads,
        Instant expires,
        double retries,
        Duration grace,
        Duration tailWindow,
        long tailBytes) {

    static LinkTerms of(LinkRequest request, long size, DeliverySettings settings) {
        return new LinkTerms(
                size,
                request.maxDownloads(),
                request.expires(),
                settings.retries(),
                settings.grace(),
                settings.tailWindow(),
                settings.tailBytes());
    }

    boolean unlimited() {
        return maxDownloads == LinkRequest.NO_LIMIT;
    }

    /** The most bytes that ever leave through the link: every permitted download and the allowance for retries. */
    long budget() {
        if (unlimited()) {
            return Long.MAX_VALUE;
        }
        long permitted = saturated((double) size * maxDownloads, size, maxDownloads);
        // a cast of a double saturates; 53 bits are exact beyond any archive that is retried
        long allowance = (long) Math.min((double) size * maxDownloads * retries, (double) Long.MAX_VALUE);
        long sum = permitted + allowance;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** When even downloads that began in time are over. */
    Instant graceEnd() {
        return expires.plus(grace);
    }

    private static long saturated(double estimate, long a, long b) {
        return estimate >= Long.MAX_VALUE ? Long.MAX_VALUE : a * b;
    }
}
