package dev.holdfast.store.sweep;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.PackId;
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
    private static final int TRIES = 10;

    /** Few, for commits wait while they go. */
    private static final int PAGES_AT_ONCE = 64;

    private final List<String> left = new ArrayList<>();
    private int packs;
    private int pages;
    private long bytes;

    SweepReport report() {
        return new SweepReport(packs, pages, bytes, left);
    }

    void run(BlobStore blobs, ProjectPlan plan, LiveReferences live, ProjectSweeping sweeping) {
        try {
            packs(plan, live, sweeping);
            pages(blobs, plan, live, sweeping);
        } catch (Corruption e) {
            leave(plan, "a part that came meanwhile cannot be read: " + e.getMessage());
        }
    }

    private void packs(ProjectPlan plan, LiveReferences live, ProjectSweeping sweeping) {
        Map<PackId, Doomed> doomed = new LinkedHashMap<>();
        for (Doomed pack : plan.packs()) {
            PackNames.parse(pack.blob()).ifPresent(name -> doomed.put(name.pack(), pack));
        }
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
            leave(plan, "parts are committed faster than they can be looked at");
            return;
        }
        try {
            sweeping.dropFromIndex();
            for (PackId pack : condemned.get()) {
                live.refresh();
                if (live.needs(pack)) {
                    // cannot be in this process; the pack is whole, and found again when the store is next opened
                    leave(plan, "another process made use of pack " + pack);
                } else {
                    sweeping.delete(pack);
                    packs++;
                    bytes += doomed.get(pack).bytes();
                }
            }
        } finally {
            sweeping.pardon(condemned.get());
        }
    }

    private void pages(BlobStore blobs, ProjectPlan plan, LiveReferences live, ProjectSweeping sweeping) {
        List<Doomed> doomed = plan.pages();
        for (int from = 0; from < doomed.size(); from += PAGES_AT_ONCE) {
            List<Doomed> some = doomed.subList(from, Math.min(doomed.size(), from + PAGES_AT_ONCE));
            boolean[] done = new boolean[1];
            for (int i = 0; i < TRIES && !done[0]; i++) {
                live.refresh();
                if (!sweeping.withoutCommits(() -> done[0] = live.isCurrent() && delete(blobs, some, live))) {
                    leave(plan, "a commit is in progress, which may use a page again");
                    return;
                }
            }
            if (!done[0]) {
                leave(plan, "parts are committed faster than they can be looked at");
                return;
            }
        }
    }

    private boolean delete(BlobStore blobs, List<Doomed> some, LiveReferences live) {
        for (Doomed page : some) {
            if (live.isCurrent() && !live.needs(page.blob()) && blobs.delete(page.blob())) {
                pages++;
                bytes += page.bytes();
            }
        }
        return true;
    }

    private void leave(ProjectPlan plan, String why) {
        left.add("project " + plan.project() + ": " + why + "; the rest is left for the next sweep");
    }
}
