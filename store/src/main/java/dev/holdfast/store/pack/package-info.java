/**
 * Packs: segments in file order, and behind them the index that makes a pack readable alone.
 *
 * <p>A pack is <em>open</em> (a blob being written, its slots in the heap of its writer) until it is <em>sealed</em>;
 * from then on it never changes. A crash before the seal leaves nothing, a crash after it leaves a pack that the next
 * opening of the block index finds by its name, whether or not a manifest refers to it.
 *
 * <p>A pack that was <em>repacked</em> is gone; a {@link dev.holdfast.store.pack.Forward forwarding record} says where the
 * segments are that are still needed, and whoever reads packs through {@link dev.holdfast.store.pack.StoredPacks} does not
 * notice. The record is there before the pack goes.
 */
package dev.holdfast.store.pack;
