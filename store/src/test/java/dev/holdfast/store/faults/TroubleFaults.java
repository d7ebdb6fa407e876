package dev.holdfast.store.faults;

import dev.holdfast.contract.segment.BadSegment;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.faults.Fault.Outcome;
import dev.holdfast.store.faults.FaultScene.Killed;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.testing.FaultyBlobStore.Step;
import dev.holdfast.store.testing.TestCapture;
import dev.holdfast.store.testing.TestCapture.Block;
import java.util.List;

/** What interrupts us or refuses for a while: nothing that was complete may be lost, and it goes on when it is over. */
final class TroubleFaults {
    private static final int MANY = 100_000;

    private TroubleFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("kill at a step of a capture", TroubleFaults::killedCapture),
                Fault.of("kill at a step of a sweep", TroubleFaults::killedSweep),
                Fault.of("short write", TroubleFaults::shortWrite),
                Fault.of("full disk in a capture", TroubleFaults::fullDisk),
                Fault.of("read-only disk", TroubleFaults::readOnlyDisk),
                Fault.of("read errors", TroubleFaults::readErrors),
                Fault.of("answer to a commit lost", TroubleFaults::lostAnswer),
                Fault.of("agent that sends other bytes", TroubleFaults::lyingAgent));
    }

    /** Captures, and forgets that it did when it dies; then does it again. */
    private static Outcome killedCapture(FaultScene scene) {
        scene.churn();
        Damage.Part part = scene.next(scene.anyProject());
        boolean killed = false;
        scene.blobs.stopAt(1 + scene.random.nextInt(14), TroubleFaults::die);
        try (PartUpload upload = scene.store.begin(part.project(), part.id())) {
            scene.files().into(upload);
        } catch (Killed e) {
            killed = true;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        scene.restart();
        scene.rememberIfThere(part);
        Outcome left = Outcome.harmless(killed, scene.look());
        scene.capture(part.project());
        return worse(left, Outcome.harmless(killed, scene.look()));
    }

    private static Outcome killedSweep(FaultScene scene) {
        scene.complete().stream().limit(2).forEach(scene::forget);
        boolean killed = false;
        scene.blobs.stopAt(1 + scene.random.nextInt(8), TroubleFaults::die);
        try {
            scene.sweep();
        } catch (Killed e) {
            killed = true;
        }
        Outcome left = Outcome.harmless(killed, scene.look());
        scene.sweep();
        FaultScene.PROJECTS.forEach(scene::capture);
        return worse(left, Outcome.harmless(killed, scene.look()));
    }

    private static Outcome shortWrite(FaultScene scene) {
        PackedSnapshotStore troubled =
                scene.reopened(new TroubledBlobStore(scene.blobs).shortWriteAt(1 + scene.random.nextInt(12)));
        return failsThenGoes(scene, troubled);
    }

    private static Outcome fullDisk(FaultScene scene) {
        scene.churn();
        Step first = List.of(Step.CREATE, Step.WRITE, Step.COMMIT).get(scene.random.nextInt(3));
        scene.blobs.failNext(first, "", MANY);
        return failsThenGoes(scene, scene.store);
    }

    private static Outcome failsThenGoes(FaultScene scene, PackedSnapshotStore store) {
        scene.churn();
        Damage.Part part = scene.next(scene.anyProject());
        boolean failed = false;
        try (PartUpload upload = store.begin(part.project(), part.id())) {
            scene.files().into(upload);
        } catch (Unavailable e) {
            failed = true;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        scene.restart();
        scene.rememberIfThere(part);
        Outcome left = Outcome.harmless(failed, scene.look());
        scene.capture(part.project());
        return worse(left, Outcome.harmless(failed, scene.look()));
    }

    /** Restores go on; a capture and a sweep are refused. */
    private static Outcome readOnlyDisk(FaultScene scene) {
        scene.blobs.failNext(Step.CREATE, "", MANY).failNext(Step.DELETE, "", MANY);
        long lost = scene.complete().stream()
                .filter(part -> FaultScene.read(scene.store, part).length == 0)
                .count();
        boolean refused = false;
        try {
            scene.sweep();
        } catch (Unavailable e) {
            refused = true;
        }
        Outcome after = failsThenGoes(scene, scene.store);
        return new Outcome(refused && after.struck(), after.lost() + (int) lost, after.detected(), after.story());
    }

    private static Outcome readErrors(FaultScene scene) {
        String prefix = List.of("packs/", "pages/", "manifests/").get(scene.random.nextInt(3));
        scene.blobs.failNext(Step.READ, prefix, 1 + scene.random.nextInt(5));
        scene.store = scene.reopened(scene.blobs);
        int failed = 0;
        for (Damage.Part part : scene.complete()) {
            try {
                FaultScene.read(scene.store, part);
            } catch (Unavailable e) {
                failed++;
            }
        }
        return Outcome.harmless(failed > 0, scene.look());
    }

    /** The blob is there, its writer is told that it is not. */
    private static Outcome lostAnswer(FaultScene scene) {
        String prefix = List.of("packs/", "pages/", "manifests/", "index/").get(scene.random.nextInt(4));
        scene.blobs.failNext(Step.COMMITTED, prefix, 1);
        return failsThenGoes(scene, scene.store);
    }

    private static Outcome lyingAgent(FaultScene scene) {
        scene.churn();
        Damage.Part part = scene.next(scene.anyProject());
        TestCapture files = scene.files();
        boolean refused = false;
        try (PartUpload upload = scene.store.begin(part.project(), part.id())) {
            List<Block> blocks = files.blocks();
            Block block = blocks.get(
                    upload.missing(blocks.stream().map(Block::id).toList()).nextSetBit(0));
            byte[] segment = files.segment(block.plain());
            // in the middle: padding at the end may hold any bits
            segment[segment.length / 2 + scene.random.nextInt(8)] ^= (byte) (1 << scene.random.nextInt(8));
            try {
                upload.put(block.id(), block.plain().length, segment, 0, segment.length);
            } catch (BadSegment e) {
                refused = true;
            }
            files.into(upload); // tells the truth now
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        scene.remember(part);
        Outcome after = Outcome.harmless(true, scene.look());
        return new Outcome(true, after.lost(), after.detected() && refused, after.story());
    }

    static Outcome worse(Outcome one, Outcome other) {
        return new Outcome(
                one.struck(),
                one.lost() + other.lost(),
                one.detected() && other.detected(),
                one.story() + other.story());
    }

    private static void die() {
        throw new Killed();
    }
}
