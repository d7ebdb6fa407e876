package dev.holdfast.store.pack;

/** Where a block's segment lies: the pack, and its ordinal in it from 0. */
public record BlockLocation(PackId pack, int slot) {}
