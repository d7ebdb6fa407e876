package dev.holdfast.store.pack;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobStore;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All forwarding records of a project as they were when it was asked, to find out where slots really lie. Keeps a bounded
 * number of records in the heap. Not for several threads.
 */
public final class Forwards {
    private static final int MOST_BYTES = 8 << 20;

    private final BlobStore blobs;
    private final String storeId;
    private final GroupId project;
    private final Set<PackId> forwarded;
    private final BoundedCache<PackId, Forward> cache =
            new BoundedCache<>(MOST_BYTES, forward -> 200 + 24 * forward.size(), forward -> {});

    /** Is told stretches of adjacent slots of one pack. */
    @FunctionalInterface
    public interface Stretches {
        /** So many slots of a pack that is there, from {@code firstSlot} on. */
        void stretch(PackId pack, int firstSlot, int slots);
    }

    /** Lists the records; none is read yet. */
    public Forwards(BlobStore blobs, String storeId, GroupId project) {
        this.blobs = blobs;
        this.storeId = storeId;
        this.project = project;
        this.forwarded = new HashSet<>(ForwardNames.list(blobs, project));
    }

    /** Packs that have a record, whether or not they are still there. */
    public Set<PackId> forwarded() {
        return Set.copyOf(forwarded);
    }

    /** Whether a pack has a record. */
    public boolean isForwarded(PackId pack) {
        return forwarded.contains(pack);
    }

    /**
     * The record of a pack.
     *
     * @throws Corruption if it is damaged or missing
     */
    public Forward of(PackId pack) {
        return cache.get(
                pack,
                () -> ForwardFile.read(blobs, storeId, project, pack)
                        .orElseThrow(() -> new Corruption(ForwardNames.name(project, pack), 0, "it is gone")));
    }

    /**
     * Says where slots lie that a manifest names.
     *
     * @param through is told each forwarded pack on the way
     * @throws Corruption if a slot was dropped, or a record cannot be read
     */
    public void resolve(PackId pack, int firstSlot, int slots, Consumer<PackId> through, Stretches target) {
        if (!forwarded.contains(pack)) {
            target.stretch(pack, firstSlot, slots);
            return;
        }
        through.accept(pack);
        Forward forward = of(pack);
        int slot = firstSlot;
        int end = firstSlot + slots;
        while (slot < end) {
            int at = slot;
            Forward.Run run = forward.runOf(slot)
                    .orElseThrow(() -> new Corruption(
                            ForwardNames.name(project, pack), 0, "slot " + at + " was dropped by a repack"));
            int count = Math.min(end, run.firstSlot() + run.slots()) - slot;
            resolve(run.pack(), run.target() + slot - run.firstSlot(), count, through, target);
            slot += count;
        }
    }
}
