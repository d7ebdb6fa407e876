package dev.holdfast.store.sweep;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.packed.ProjectSweeping;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of a sweep that copies. The package story tells the order and why it is safe. */
final class Repack {
    private final ProjectPlan plan;
    private final LiveReferences live;
    private final Heads heads;
    private final ProjectSweeping sweeping;
    private final SweepTally tally;
    private final Map<PackId, Repacked> sources = new LinkedHashMap<>();

    Repack(ProjectPlan plan, LiveReferences live, Heads heads, ProjectSweeping sweeping, SweepTally tally) {
        this.plan = plan;
        this.live = live;
        this.heads = heads;
        this.sweeping = sweeping;
        this.tally = tally;
        for (Repacked pack : plan.repacked()) {
            sources.put(PackNames.parse(pack.blob()).orElseThrow().pack(), pack);
        }
    }

    void run() {
        if (sources.isEmpty()) {
            return;
        }
        try (PackCopy copy = new PackCopy(sweeping, plan.project())) {
            live.refresh();
            copyAll(copy);
            tally.copied(copy.copied());
            replace(copy);
        } catch (Corruption e) {
            tally.left(plan, "the repack was given up: " + e.getMessage());
        }
    }

    private void copyAll(PackCopy copy) {
        // what a restore of a newest part reads, in the order in which it reads it
        heads.among(live.roots())
                .forEach(head -> heads.walk(head, Integer.MAX_VALUE, (pack, slot) -> {
                    if (sources.containsKey(pack) && live.slots(pack).get(slot)) {
                        copy.copy(pack, slot);
                    }
                }));
        // older parts keep their neighbours, and are not in the way of the newest
        copy.seal();
        for (PackId pack : sources.keySet()) {
            live.slots(pack).stream().forEach(slot -> copy.copy(pack, slot));
        }
        copy.seal();
        sweeping.flushIndex();
        copy.damages().forEach((pack, damage) -> {
            sources.remove(pack);
            tally.left(plan, "pack " + pack + " is not repacked, for it is damaged: " + damage.getMessage());
        });
    }

    private void replace(PackCopy copy) {
        Optional<Set<PackId>> condemned = Optional.empty();
        for (int i = 0; i < Deletion.TRIES && condemned.isEmpty(); i++) {
            live.refresh();
            sources.keySet().removeIf(pack -> !isWhole(pack, copy));
            condemned = sweeping.condemn(sources.keySet(), live::isCurrent);
        }
        if (condemned.isEmpty()) {
            tally.left(plan, "parts are committed faster than they can be looked at");
            return;
        }
        try {
            // before the records: an index that names a pack with a record is made again when it is next opened
            sweeping.dropFromIndex();
            condemned.get().forEach(pack -> sweeping.forward(copy.forward(pack)));
            for (PackId pack : condemned.get()) {
                live.refresh();
                if (isWhole(pack, copy)) {
                    sweeping.delete(pack);
                    tally.repacked(sources.get(pack).bytes());
                } else {
                    // cannot be in this process
                    tally.left(plan, "another process made use of pack " + pack);
                }
            }
        } finally {
            sweeping.pardon(condemned.get());
        }
    }

    /** Whether every slot that is needed, also by a part that came after the plan, was copied. */
    private boolean isWhole(PackId pack, PackCopy copy) {
        BitSet needed = live.slots(pack);
        return !needed.isEmpty() && needed.stream().allMatch(slot -> copy.isCopied(pack, slot));
    }
}
