package dev.holdfast.store.sweep;

import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which files are old enough. Where a store has a clock of its own, such as a bucket's server, a file is as old as the
 * earlier of the two clocks says, and if they are far apart nobody knows which of them is wrong, so nothing is old.
 */
final class Ages {
    private final BlobStore blobs;
    private final Instant now;
    private final String doubt;

    private Ages(BlobStore blobs, Instant now, String doubt) {
        this.blobs = blobs;
        this.now = now;
        this.doubt = doubt;
    }

    /** Asks the store's clock, if it has one. */
    static Ages at(BlobStore blobs, Instant here, SweepMargins margins) {
        OptionalLong millis = blobs.clockMillis();
        if (millis.isEmpty()) {
            return new Ages(blobs, here, null);
        }
        Instant there = Instant.ofEpochMilli(millis.getAsLong());
        boolean agree = Duration.between(here, there).abs().compareTo(margins.clocks()) <= 0;
        String doubt = agree
                ? null
                : "for the clock of the store says " + there + " and ours " + here
                        + ": how old its files are is not known until they agree";
        return new Ages(blobs, there.isBefore(here) ? there : here, doubt);
    }

    /** Why no age can be told, null if they can. */
    String doubt() {
        return doubt;
    }

    /** Whether a file is that old, as far as a listing tells: good enough for one that is not deleted for its age. */
    boolean isOld(BlobEntry blob, Duration margin) {
        return blob.writtenMillis().isPresent()
                && isOld(Instant.ofEpochMilli(blob.writtenMillis().getAsLong()), margin);
    }

    /** When a file was written that is that old; of those that look so in a listing the store is asked once more. */
    Optional<Instant> writtenIfOld(BlobEntry blob, Duration margin) {
        if (!isOld(blob, margin)) {
            return Optional.empty();
        }
        OptionalLong millis = blobs.writtenMillis(blob.name());
        return millis.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(millis.getAsLong())).filter(written -> isOld(written, margin));
    }

    /** A file from the future is young. */
    private boolean isOld(Instant written, Duration margin) {
        return !written.plus(margin).isAfter(now);
    }
}
