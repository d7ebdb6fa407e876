package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.PartId;
import java.time.Instant;
import java.util.Set;

/** What this room needs of whoever hands archives out; the wiring fills it, for this room does not see {@code delivery}. */
@FunctionalInterface
public interface PinnedParts {
    /** Parts that someone may still read at {@code now}. */
    Set<PartId> at(Instant now);
}
