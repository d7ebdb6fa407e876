package dev.holdfast.store.sweep;

import java.time.Instant;

/**
 * A file that nothing refers to.
 *
 * @param blob its name, relative to the store
 * @param bytes its size
 * @param written when it was committed
 */
public record Doomed(String blob, long bytes, Instant written) {}
