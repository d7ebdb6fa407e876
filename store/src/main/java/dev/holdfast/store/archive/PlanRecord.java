package dev.holdfast.store.archive;

import dev.holdfast.contract.agentapi.FileEntry;

/** One step of a plan: an {@link Entry}, then for a file the {@link Extent}s and {@link Hole}s that it is made of. */
public sealed interface PlanRecord permits PlanRecord.Entry, Extent, PlanRecord.Hole {
    /** A file, directory or link begins. */
    record Entry(FileEntry file) implements PlanRecord {}

    /** So many full blocks of zeros, at least 1. */
    record Hole(long blocks) implements PlanRecord {}
}
