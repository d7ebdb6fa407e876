/** Packs: segments in file order, and behind them the index that makes a pack readable alone. */
package dev.holdfast.store.pack;
