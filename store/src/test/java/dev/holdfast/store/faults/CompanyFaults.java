package dev.holdfast.store.faults;

import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.faults.Fault.Outcome;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.sweep.Sweep;
import dev.holdfast.store.sweep.SweepMargins;
import dev.holdfast.store.sweep.SweepReport;
import dev.holdfast.store.testing.TestCapture;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Clocks, listings and other processes that do not agree with ours. */
final class CompanyFaults {
    private CompanyFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("clock jumps in an upload beside a sweep", CompanyFaults::clockJumps),
                Fault.of("listing that lags behind at a start", CompanyFaults::staleListing),
                Fault.of("two processes capture at once", CompanyFaults::twoWriters),
                Fault.of("two processes commit the same part", CompanyFaults::samePartTwice));
    }

    /** Years forward and back between any two steps; what is pinned stays. */
    private static Outcome clockJumps(FaultScene scene) throws Exception {
        scene.complete().stream().limit(2).forEach(scene::forget);
        scene.churn();
        Damage.Part part = scene.next(scene.anyProject());
        int swept = 0;
        try (PartUpload upload = scene.store.begin(part.project(), part.id())) {
            jump(scene);
            TestCapture files = scene.files();
            files.putMissing(upload);
            scene.clock.jump(Duration.ofDays(2));
            swept += sweep(scene, scene.store, SweepMargins.SAFE);
            jump(scene);
            files.commit(upload);
        }
        scene.remember(part);
        scene.clock.jump(Duration.ofDays(4000));
        swept += sweep(scene, scene.store, SweepMargins.SAFE);
        return Outcome.harmless(swept > 0, scene.look());
    }

    private static void jump(FaultScene scene) {
        scene.clock.jump(Duration.ofDays(scene.random.nextInt(2000) - 1000));
    }

    private static int sweep(FaultScene scene, PackedSnapshotStore store, SweepMargins margins) {
        Sweep sweep = new Sweep(scene.blobs, store, margins, FaultScene.EAGER);
        SweepReport report = sweep.run(sweep.plan(scene.clock.instant()));
        return report.packs() + report.repacked();
    }

    /**
     * A process that was just started does not see the newest names yet. It captures all the same; its first sweep comes
     * an hour later, when the listing has caught up.
     */
    private static Outcome staleListing(FaultScene scene) {
        scene.complete().stream().limit(2).forEach(scene::forget);
        scene.clock.jump(Duration.ofDays(3));
        Set<String> before = new HashSet<>(scene.named(""));
        scene.churn();
        FaultScene.PROJECTS.forEach(scene::capture);
        Set<String> young = new HashSet<>(scene.named(""));
        young.removeAll(before);
        young.removeIf(name -> scene.random.nextInt(3) == 0); // some arrive sooner than others
        boolean hidden = !young.isEmpty();
        scene.store = scene.reopened(new TroubledBlobStore(scene.blobs).hide(young));
        scene.churn();
        FaultScene.PROJECTS.forEach(scene::capture);
        scene.clock.jump(Duration.ofHours(1));
        young.clear();
        int swept = sweep(scene, scene.store, SweepMargins.SAFE);
        return Outcome.harmless(hidden && swept > 0, scene.look());
    }

    private static Outcome twoWriters(FaultScene scene) throws Exception {
        scene.churn();
        PackedSnapshotStore other = scene.reopened(scene.blobs);
        Damage.Part ours = scene.next(FaultScene.PROJECTS.get(0));
        Damage.Part theirs = scene.next(FaultScene.PROJECTS.get(0));
        TestCapture files = scene.files();
        int stored;
        try (PartUpload one = scene.store.begin(ours.project(), ours.id());
                PartUpload two = other.begin(theirs.project(), theirs.id())) {
            stored = files.putMissing(one) + files.putMissing(two);
            boolean weFirst = scene.random.nextBoolean();
            files.commit(weFirst ? one : two);
            files.commit(weFirst ? two : one);
        }
        scene.remember(ours);
        scene.remember(theirs);
        Outcome left = Outcome.harmless(stored > 0, scene.look());
        FaultScene.PROJECTS.forEach(scene::capture);
        scene.sweep();
        return TroubleFaults.worse(left, Outcome.harmless(stored > 0, scene.look()));
    }

    private static Outcome samePartTwice(FaultScene scene) throws Exception {
        PackedSnapshotStore other = scene.reopened(scene.blobs);
        Damage.Part part = scene.next(scene.anyProject());
        scene.churn();
        try (PartUpload one = scene.store.begin(part.project(), part.id())) {
            scene.files().into(one);
        }
        scene.remember(part);
        scene.churn();
        boolean refused = false;
        try (PartUpload two = other.begin(part.project(), part.id())) {
            scene.files().into(two);
        } catch (BlobExists e) {
            refused = true;
        }
        Outcome after = Outcome.harmless(true, scene.look());
        return new Outcome(true, after.lost(), after.detected() && refused, after.story());
    }
}
