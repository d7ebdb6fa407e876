package dev.holdfast.server.scrub;

import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.ScrubCursor;
import java.time.Instant;

/**
 * Damage that is not known to be mended.
 *
 * @param unit what was being read when it was met
 * @param damage the file, the place, and the parts that need it
 * @param found when it was met first
 */
public record Finding(ScrubCursor unit, Damage damage, Instant found) {}
