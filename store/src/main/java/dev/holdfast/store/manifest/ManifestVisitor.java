package dev.holdfast.store.manifest;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.store.archive.Extent;

/** Is shown what a part is made of, in order. */
public interface ManifestVisitor {
    /** A page begins; its name and checksum were right. */
    default void page(String blobName) {}

    /** An entry begins; the captured directory comes before the first page. */
    default void entry(FileEntry entry) {}

    /** The entry goes on with these slots of a pack. */
    default void extent(Extent extent) {}

    /** The entry goes on with so many full blocks of zeros. */
    default void hole(long blocks) {}
}
