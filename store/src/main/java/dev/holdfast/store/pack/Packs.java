package dev.holdfast.store.pack;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobReader;

/** The packs of every project, for reading. Keeps a bounded number of indices and open files; safe for several threads. */
public interface Packs {
    /** The index of a sealed pack, read and checked the first time. */
    PackIndex index(GroupId project, PackId pack);

    /** The pack's blob, shared by all who read it; do not close it. */
    BlobReader reader(GroupId project, PackId pack);

    /** Name of the pack's blob, for messages. */
    String name(GroupId project, PackId pack);
}
