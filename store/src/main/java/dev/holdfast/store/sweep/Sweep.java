package dev.holdfast.store.sweep;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.ProjectSweeping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** One sweep: a plan, then what it says. The package story tells the order and why it is safe. Not for several threads. */
public final class Sweep {
    private final BlobStore blobs;
    private final PackedSnapshotStore store;
    private final SweepMargins margins;
    private final RepackRule rule;
    private final Map<GroupId, LiveReferences> references = new HashMap<>();
    private final AtomicReference<SweepPlan> ready = new AtomicReference<>();

    /** A sweep that only deletes: a pack of which a single slot is needed stays whole. */
    public Sweep(BlobStore blobs, PackedSnapshotStore store, SweepMargins margins) {
        this(blobs, store, margins, RepackRule.NONE);
    }

    /**
     * A sweep of a store.
     *
     * @param blobs where {@code store} lies
     * @param store the store of this process, through which all its uploads go
     */
    public Sweep(BlobStore blobs, PackedSnapshotStore store, SweepMargins margins, RepackRule rule) {
        this.blobs = blobs;
        this.store = store;
        this.margins = margins;
        this.rule = rule;
    }

    /**
     * Says what can go. Writes nothing, so it may be done beside a process that has the store open.
     *
     * @throws dev.holdfast.contract.trouble.Unavailable if files cannot be listed or read now
     */
    public SweepPlan plan(Instant now) {
        List<ProjectPlan> projects = new ArrayList<>();
        Set<GroupId> all = new TreeSet<>(Comparator.comparing(GroupId::hex));
        all.addAll(store.projects());
        all.addAll(PackNames.projects(blobs));
        all.addAll(Manifests.projectsWithPages(blobs));
        all.addAll(ForwardNames.projects(blobs));
        Ages ages = Ages.at(blobs, now, margins);
        for (GroupId project : all) {
            if (ages.doubt() != null) {
                projects.add(ProjectPlan.skipped(project, ages.doubt()));
                continue;
            }
            try {
                projects.add(plan(project, ages));
            } catch (Corruption e) {
                references.remove(project);
                projects.add(ProjectPlan.skipped(
                        project, "for a part cannot be read, so what it needs is not known: " + e.getMessage()));
            }
        }
        SweepPlan plan = new SweepPlan(now, margins, rule, projects);
        ready.set(plan);
        return plan;
    }

    /**
     * Does what the plan says, as far as it is still true.
     *
     * @throws IllegalStateException if it is not the last plan of this sweep, or was run before
     * @throws dev.holdfast.contract.trouble.Unavailable if a file cannot be deleted now; nothing is lost, sweep again
     */
    public SweepReport run(SweepPlan plan) {
        if (!ready.compareAndSet(plan, null)) {
            throw new IllegalStateException("a plan is run once, by the sweep that made it");
        }
        SweepTally tally = new SweepTally();
        for (ProjectPlan project : plan.projects()) {
            if (project.skipped() == null && !project.isEmpty()) {
                LiveReferences live = references.get(project.project());
                ProjectSweeping sweeping = store.sweeping(project.project());
                // what is dead goes first: its room is there for the copies
                new Deletion(blobs, project, live, sweeping, tally).run();
                new Repack(project, live, heads(project.project(), live), sweeping, tally).run();
            }
        }
        try {
            tally.unfinished(blobs.giveUpUnfinished(margins.unfinished().toMillis()));
        } catch (Unavailable e) {
            // in a bucket it takes a permission that nothing else needs
            tally.left("unfinished uploads were not looked for: " + e.getMessage());
        }
        return tally.report();
    }

    private Heads heads(GroupId project, LiveReferences live) {
        return new Heads(blobs, store.descriptor(), project, live.forwards());
    }

    private ProjectPlan plan(GroupId project, Ages ages) {
        ProjectSweeping sweeping = store.sweeping(project);
        // files first: whatever a root refers to was there before it
        Map<PackId, BlobEntry> packs = PackNames.survey(blobs, project);
        List<BlobEntry> pages = Manifests.pages(blobs, project);
        Map<PackId, BlobEntry> records = ForwardNames.survey(blobs, project);
        Set<PackId> pinned = store.pinned(project);
        LiveReferences live = new LiveReferences(blobs, store.descriptor(), project, sweeping);
        live.refresh();
        references.put(project, live);

        Set<PackId> forwarded = live.forwards().forwarded();
        List<Doomed> doomedPacks = new ArrayList<>();
        List<Doomed> doomedPages = new ArrayList<>();
        List<Doomed> doomedForwards = new ArrayList<>();
        List<Doomed> moved = new ArrayList<>();
        List<PackId> copyable = new ArrayList<>();
        int livePacks = 0;
        int young = 0;
        int pinnedPacks = 0;
        for (Map.Entry<PackId, BlobEntry> entry : packs.entrySet()) {
            PackId pack = entry.getKey();
            BlobEntry blob = entry.getValue();
            if (forwarded.contains(pack)) {
                // its record says that it may go, not its age
                moved.add(new Doomed(
                        blob.name(),
                        blob.bytes(),
                        Instant.ofEpochMilli(blob.writtenMillis().orElse(0))));
            } else if (live.needs(pack)) {
                livePacks++;
                if (rule.copies() && !pinned.contains(pack) && ages.isOld(blob, margins.packs())) {
                    copyable.add(pack);
                }
            } else if (pinned.contains(pack)) {
                pinnedPacks++;
            } else {
                young += addIfOld(blob, ages, margins.packs(), doomedPacks);
            }
        }
        for (BlobEntry page : pages) {
            if (!live.needs(page.name())) {
                young += addIfOld(page, ages, margins.pages(), doomedPages);
            }
        }
        for (Map.Entry<PackId, BlobEntry> record : records.entrySet()) {
            // one whose pack is still there goes after the pack
            if (!live.needsForward(record.getKey())) {
                young += addIfOld(record.getValue(), ages, margins.pages(), doomedForwards);
            }
        }
        List<Repacked> repacked =
                new RepackChoice(rule, project, live, heads(project, live)).among(sweeping.packs(), copyable);
        return new ProjectPlan(
                project,
                doomedPacks,
                doomedPages,
                doomedForwards,
                moved,
                repacked,
                livePacks,
                young,
                pinnedPacks,
                null);
    }

    /** Answers 1 if the file is too young. */
    private static int addIfOld(BlobEntry blob, Ages ages, Duration margin, List<Doomed> doomed) {
        Optional<Instant> written = ages.writtenIfOld(blob, margin);
        written.ifPresent(when -> doomed.add(new Doomed(blob.name(), blob.bytes(), when)));
        return written.isPresent() ? 0 : 1;
    }
}
