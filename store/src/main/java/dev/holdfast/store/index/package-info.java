/**
 * Where each block of a project lies, out of the heap. It is derived: packs are the truth, and an index that is missing,
 * stale or damaged is made again from them, never trusted.
 *
 * <p>A sealed pack is first <em>young</em>: its blocks are in the heap. A flush turns the young packs into a
 * <em>run</em>, an immutable sorted file; runs of one size class are merged into a larger one, so their number grows
 * with the logarithm of the store. A crash before the flush leaves packs that no run names, which the next opening
 * indexes; a crash in a merge leaves the new run beside the old ones, which the next opening removes.
 */
package dev.holdfast.store.index;
