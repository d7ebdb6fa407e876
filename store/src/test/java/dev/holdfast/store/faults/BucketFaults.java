package dev.holdfast.store.faults;

import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.retry.RetryPolicy;
import dev.holdfast.store.blob.retry.RetryingBlobStore;
import dev.holdfast.store.faults.Fault.Outcome;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.sweep.Sweep;
import dev.holdfast.store.sweep.SweepMargins;
import dev.holdfast.store.sweep.SweepReport;
import dev.holdfast.store.testing.TestCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the server of a bucket does, to captures and to sweeps that delete and repack. */
final class BucketFaults {
    private BucketFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "storm of 503 from a bucket",
                        scene -> weather(scene, bucket(scene).storm(scene.random, 3))),
                Fault.of(
                        "answers of a bucket that come too late",
                        scene -> weather(scene, bucket(scene).slow(scene.random, 3))),
                Fault.of("listing that lags behind in a sweep", BucketFaults::laggingListing),
                Fault.of("clock of a bucket's server jumps", BucketFaults::serverClock));
    }

    private static TroubledBlobStore bucket(FaultScene scene) {
        return new TroubledBlobStore(scene.blobs);
    }

    /** Captures, deletes, sweeps and repacks, and captures again, each step as often as it takes. */
    private static Outcome weather(FaultScene scene, TroubledBlobStore bucket) {
        BlobStore patient =
                new RetryingBlobStore(bucket, RetryPolicy.of(40), trouble -> true, time -> {}, scene.random);
        scene.store = scene.reopened(patient);
        scene.churn();
        FaultScene.PROJECTS.forEach(scene::capture);
        int before = bucket.failures();
        scene.complete().stream().limit(2).forEach(scene::forget);
        SweepReport swept = sweep(scene, patient, FaultScene.NONE, scene.clock.instant());
        boolean inTheSweep = bucket.failures() > before && swept.packs() + swept.repacked() > 0;
        scene.churn();
        FaultScene.PROJECTS.forEach(scene::capture);
        return Outcome.harmless(inTheSweep, scene.look());
    }

    /** Nothing that this process writes is listed any more, and new parts rely on packs of parts that are forgotten. */
    private static Outcome laggingListing(FaultScene scene) {
        TroubledBlobStore bucket = bucket(scene).lag();
        scene.store = scene.reopened(bucket);
        Set<Damage.Part> old = scene.complete();
        scene.churn();
        FaultScene.PROJECTS.forEach(scene::capture);
        old.forEach(scene::forget);
        scene.clock.jump(Duration.ofDays(3));
        SweepReport swept = sweep(scene, bucket, SweepMargins.SAFE, scene.clock.instant());
        Outcome left = Outcome.harmless(swept.packs() + swept.repacked() > 0, scene.look());
        scene.churn();
        FaultScene.PROJECTS.forEach(scene::capture);
        return TroubleFaults.worse(left, Outcome.harmless(true, scene.look()));
    }

    /** Weeks forward, beside the upload of another node, of which a sweep knows by the age of its packs alone. */
    private static Outcome serverClock(FaultScene scene) throws Exception {
        scene.blobs.clock(scene.clock);
        Instant here = scene.clock.instant();
        scene.complete().stream().limit(2).forEach(scene::forget);
        PackedSnapshotStore other = scene.reopened(scene.blobs);
        scene.churn();
        Damage.Part part = scene.next(scene.anyProject());
        SweepReport early;
        try (PartUpload upload = other.begin(part.project(), part.id())) {
            TestCapture files = scene.files();
            files.putMissing(upload);
            scene.clock.jump(Duration.ofDays(2 + scene.random.nextInt(40)));
            early = sweep(scene, scene.blobs, SweepMargins.SAFE, here.plus(Duration.ofMinutes(1)));
            files.commit(upload);
        }
        scene.remember(part);
        SweepReport due = sweep(scene, scene.blobs, SweepMargins.SAFE, scene.clock.instant());
        boolean swept = due.packs() + due.repacked() > 0;
        Outcome after = Outcome.harmless(swept, scene.look());
        boolean quiet = early.packs() + early.pages() + early.repacked() == 0;
        return new Outcome(swept, after.lost(), after.detected() && quiet, after.story() + early);
    }

    private static SweepReport sweep(FaultScene scene, BlobStore blobs, SweepMargins margins, Instant now) {
        Sweep sweep = new Sweep(blobs, scene.store, margins, FaultScene.EAGER);
        return sweep.run(sweep.plan(now));
    }
}
