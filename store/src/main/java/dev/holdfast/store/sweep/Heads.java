package dev.holdfast.store.sweep;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.pack.Forwards;
import dev.holdfast.store.pack.PackId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The parts whose restores are to stay fast: of each data directory the newest one, since that is what is restored when
 * it burns. The store does not know directories; it takes a part for an older version of what it has seen when half of
 * a sample of its blocks is there already.
 */
final class Heads {
    /** Pages that are read to find out what a part is a version of. */
    private static final int SAMPLE = 32;

    private final BlobStore blobs;
    private final StoreDescriptor store;
    private final GroupId project;
    private final Forwards forwards;

    /** Is told slots of packs in archive order. */
    interface Slots {
        /** One slot. */
        void slot(PackId pack, int slot);
    }

    Heads(BlobStore blobs, StoreDescriptor store, GroupId project, Forwards forwards) {
        this.blobs = blobs;
        this.store = store;
        this.project = project;
        this.forwards = forwards;
    }

    /** The newest versions among {@code parts}, the newest first. */
    List<PartId> among(Collection<PartId> parts) {
        Map<PartId, Long> written = Manifests.written(blobs, project);
        List<PartId> newestFirst = parts.stream()
                .sorted(Comparator.<PartId>comparingLong(part -> written.getOrDefault(part, 0L))
                        .thenComparing(PartId::hex)
                        .reversed())
                .toList();
        SlotSets seen = new SlotSets();
        List<PartId> heads = new ArrayList<>();
        for (PartId part : newestFirst) {
            long[] count = new long[2];
            walk(part, SAMPLE, (pack, slot) -> {
                count[0]++;
                count[1] += seen.contains(pack, slot) ? 1 : 0;
            });
            if (count[0] > 0 && count[1] * 2 < count[0]) {
                heads.add(part);
                walk(part, Integer.MAX_VALUE, seen::add);
            }
        }
        return heads;
    }

    /**
     * Finds out what it would win to copy the packs {@code sources} in the order of the heads. A slot counts where it is
     * first met, and only after a slot that is copied too: what comes in between from elsewhere stays a jump, and so does
     * the way to each pack. So what was healed is not found worth healing again.
     *
     * @return by pack, how many of its slots would then follow the one before them without a jump
     */
    Map<PackId, Integer> jumps(List<PartId> heads, Set<PackId> sources, RepackRule rule) {
        Map<PackId, Integer> jumps = new HashMap<>();
        SlotSets seen = new SlotSets();
        for (PartId head : heads) {
            Map<PackId, Integer> ofHead = new HashMap<>();
            PlaceBefore before = new PlaceBefore();
            long[] figures = new long[2];
            long average = walk(head, Integer.MAX_VALUE, (pack, slot) -> {
                if (seen.add(pack, slot)) {
                    boolean jump = !pack.equals(before.pack) || slot != before.slot + 1;
                    figures[0]++;
                    figures[1] += jump ? 1 : 0;
                    if (jump && before.pack != null && sources.contains(pack) && sources.contains(before.pack)) {
                        ofHead.merge(pack, 1, Integer::sum);
                    }
                    before.pack = pack;
                    before.slot = slot;
                }
            });
            if (rule.hurts(figures[0] * average, figures[1])) {
                ofHead.forEach((pack, count) -> jumps.merge(pack, count, Integer::sum));
            }
        }
        jumps.replaceAll((pack, count) -> count - 1);
        return jumps;
    }

    /** Shows where the blocks of a part lie, in archive order; answers the mean of their stored bytes. */
    long walk(PartId part, int mostPages, Slots slots) {
        long[] sum = new long[2];
        Consumer<Extent> show = extent -> {
            sum[0] += extent.storedBytes();
            sum[1] += extent.slots();
            forwards.resolve(extent.pack(), extent.firstSlot(), extent.slots(), through -> {}, (pack, first, count) -> {
                for (int slot = first; slot < first + count; slot++) {
                    slots.slot(pack, slot);
                }
            });
        };
        try {
            Manifests.extents(blobs, store, project, part, mostPages, show);
        } catch (NoSuchPart e) {
            // forgotten meanwhile: what is copied need not be in its order
        }
        return sum[1] == 0 ? 0 : sum[0] / sum[1];
    }

    private static final class PlaceBefore {
        private PackId pack;
        private int slot;
    }
}
