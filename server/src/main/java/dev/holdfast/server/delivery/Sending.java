package dev.holdfast.server.delivery;

import dev.holdfast.server.delivery.ByteRanges.Range;
import java.time.Instant;

/**
 * Bytes that one running answer was charged for and may be sending now.
 *
 * @param node the process that sends them
 * @param from first byte that is not yet counted as sent
 * @param to end of what was charged; equal to {@code from} while it waits for more
 * @param resumed where a client took up again within them, else -1: it has what lies before
 * @param touched last sign of life
 */
record Sending(String node, long from, long to, long resumed, Instant touched) {
    /** The bytes that a dead process has sent for all we can know: those before the place where its client resumed. */
    Range proven() {
        return resumed > from ? new Range(from, Math.min(resumed, to)) : null;
    }
}
