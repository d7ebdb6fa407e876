package dev.holdfast.store.sweep;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.Forward;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.packed.ProjectSweeping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of a sweep that deletes. Everything is looked at again; whatever is in doubt stays. */
final class Deletion {
    /** Each try reads the roots that came meanwhile; a store that commits faster than that is not swept now. */
    static final int TRIES = 10;

    /** Few, for commits wait while they go. */
    private static final int PAGES_AT_ONCE = 64;

    private final BlobStore blobs;
    private final ProjectPlan plan;
    private final LiveReferences live;
    private final ProjectSweeping sweeping;
    private final SweepTally tally;

    Deletion(BlobStore blobs, ProjectPlan plan, LiveReferences live, ProjectSweeping sweeping, SweepTally tally) {
        this.blobs = blobs;
        this.plan = plan;
        this.live = live;
        this.sweeping = sweeping;
        this.tally = tally;
    }

    void run() {
        try {
            packs();
            moved();
            pages();
        } catch (Corruption e) {
            tally.left(plan, "a part that came meanwhile cannot be read: " + e.getMessage());
        }
    }

    private void packs() {
        Map<PackId, Doomed> doomed = byPack(plan.packs());
        if (doomed.isEmpty()) {
            return;
        }
        Optional<Set<PackId>> condemned = Optional.empty();
        for (int i = 0; i < TRIES && condemned.isEmpty(); i++) {
            live.refresh();
            doomed.keySet().removeIf(live::needs);
            condemned = sweeping.condemn(doomed.keySet(), live::isCurrent);
        }
        if (condemned.isEmpty()) {
            tally.left(plan, "parts are committed faster than they can be looked at");
            return;
        }
        try {
            sweeping.dropFromIndex();
            for (PackId pack : condemned.get()) {
                live.refresh();
                if (live.needs(pack)) {
                    // cannot be in this process; the pack is whole, and found again when the store is next opened
                    tally.left(plan, "another process made use of pack " + pack);
                } else {
                    sweeping.delete(pack);
                    tally.pack(doomed.get(pack).bytes());
                }
            }
        } finally {
            sweeping.pardon(condemned.get());
        }
    }

    /** Ends what a crash cut off: no upload finds a pack that has a record, so nothing new can need it. */
    private void moved() {
        live.refresh();
        byPack(plan.moved()).forEach((pack, doomed) -> {
            if (!live.needsForward(pack)) {
                // its copies may be gone already, for nothing needs those either
                sweeping.delete(pack);
                tally.pack(doomed.bytes());
                return;
            }
            String otherwise;
            try {
                otherwise = differs(live.forwards().of(pack));
            } catch (Corruption e) {
                otherwise = e.getMessage();
            }
            if (otherwise == null) {
                sweeping.delete(pack);
                tally.repacked(doomed.bytes());
            } else {
                tally.left(plan, "pack " + pack + " stays beside its forwarding record, for " + otherwise);
            }
        });
    }

    /** Null if the copies are what the pack has, by both indices. */
    private String differs(Forward forward) {
        PackIndex old = sweeping.packs().index(plan.project(), forward.from());
        for (Forward.Run run : forward.runs()) {
            PackIndex copy = sweeping.packs().index(plan.project(), run.pack());
            for (int i = 0; i < run.slots(); i++) {
                int from = run.firstSlot() + i;
                int to = run.target() + i;
                boolean same = from < old.size()
                        && to < copy.size()
                        && old.block(from).equals(copy.block(to))
                        && old.storedLength(from) == copy.storedLength(to)
                        && old.storedCrc32c(from) == copy.storedCrc32c(to);
                if (!same) {
                    return "slot " + to + " of pack " + run.pack() + " is not its slot " + from;
                }
            }
        }
        return null;
    }

    private void pages() {
        List<Doomed> doomed = new ArrayList<>(plan.pages());
        doomed.addAll(plan.forwards());
        for (int from = 0; from < doomed.size(); from += PAGES_AT_ONCE) {
            List<Doomed> some = doomed.subList(from, Math.min(doomed.size(), from + PAGES_AT_ONCE));
            boolean[] done = new boolean[1];
            for (int i = 0; i < TRIES && !done[0]; i++) {
                live.refresh();
                if (!sweeping.withoutCommits(() -> done[0] = live.isCurrent() && delete(some))) {
                    tally.left(plan, "a commit is in progress, which may use a page again");
                    return;
                }
            }
            if (!done[0]) {
                tally.left(plan, "parts are committed faster than they can be looked at");
                return;
            }
        }
    }

    private boolean delete(List<Doomed> some) {
        for (Doomed file : some) {
            if (live.isCurrent() && !isNeeded(file.blob()) && blobs.delete(file.blob())) {
                tally.page(file.bytes());
            }
        }
        return true;
    }

    private boolean isNeeded(String blob) {
        return live.needs(blob)
                || ForwardNames.parse(blob)
                        .map(PackNames.Name::pack)
                        .filter(live::needsForward)
                        .isPresent();
    }

    static Map<PackId, Doomed> byPack(List<Doomed> files) {
        Map<PackId, Doomed> packs = new LinkedHashMap<>();
        for (Doomed file : files) {
            PackNames.parse(file.blob()).ifPresent(name -> packs.put(name.pack(), file));
        }
        return packs;
    }
}
