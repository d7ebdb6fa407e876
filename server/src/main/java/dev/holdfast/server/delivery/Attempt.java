package dev.holdfast.server.delivery;

import java.time.Instant;

/**
 * A download that has begun and is not complete.
 *
 * @param begun when the first of its bytes was asked for
 * @param covered the bytes of it that were sent
 */
record Attempt(Instant begun, ByteRanges covered) {
    Attempt with(ByteRanges more) {
        return new Attempt(begun, more);
    }
}
