package dev.holdfast.store.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.PartUpload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever was done in whatever order, and wherever the process died: no live part loses a block. */
final class SweepProperties {
    enum What {
        COMMIT,
        FORGET,
        SWEEP,
        REPACK,
        CRASH_IN_COMMIT,
        CRASH_IN_SWEEP,
        CRASH_IN_REPACK,
        BEGIN_UPLOAD,
        COMMIT_UPLOAD,
        GIVE_UP_UPLOAD,
        RESTART
    }

    /** @param number which part, or at which writing step the process dies */
    record Act(What what, int number, List<Integer> blocks) {}

    @Provide
    Arbitrary<List<Act>> histories() {
        Arbitrary<List<Integer>> blocks =
                Arbitraries.integers().between(0, 30).list().ofMinSize(1).ofMaxSize(24);
        return Combinators.combine(
                        Arbitraries.of(What.class), Arbitraries.integers().between(0, 30), blocks)
                .as(Act::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(25);
    }

    @Property(tries = 150)
    void noLivePart_losesABlock(@ForAll("histories") List<Act> history) throws IOException {
        try (SweepScene scene = new SweepScene()) {
            Walk walk = new Walk(scene);
            for (Act act : history) {
                walk.go(act);
                scene.assertWhole(walk.live);
            }
            // what is left when all are forgotten and no upload is open: nothing
            walk.giveUp();
            walk.live.keySet().forEach(scene::forget);
            scene.sweepNow();
            assertThat(scene.blobs.list("")).containsExactly("store");
        }
    }

    private static final class Walk {
        private final SweepScene scene;
        private final Map<Integer, List<Integer>> live = new TreeMap<>();
        private int next;
        private PartUpload upload;
        private int uploading;
        private List<Integer> uploadingBlocks;

        Walk(SweepScene scene) {
            this.scene = scene;
        }

        void go(Act act) throws IOException {
            switch (act.what()) {
                case COMMIT -> {
                    scene.commit(++next, act.blocks());
                    live.put(next, act.blocks());
                }
                case FORGET -> forget(act.number());
                case SWEEP -> assertThat(scene.sweepNow().left()).isEmpty();
                case REPACK ->
                    assertThat(scene.sweepNow(SweepScene.EAGER).left()).isEmpty();
                case CRASH_IN_COMMIT -> crash(act.number(), () -> scene.commit(++next, act.blocks()), act.blocks());
                case CRASH_IN_SWEEP -> crash(act.number(), scene::sweepNow, act.blocks());
                case CRASH_IN_REPACK -> crash(act.number(), () -> scene.sweepNow(SweepScene.EAGER), act.blocks());
                case BEGIN_UPLOAD -> begin(act.blocks());
                case COMMIT_UPLOAD -> commitUpload();
                case GIVE_UP_UPLOAD -> giveUp();
                case RESTART -> restart();
            }
        }

        private void forget(int number) {
            if (!live.isEmpty()) {
                int part = new ArrayList<>(live.keySet()).get(number % live.size());
                scene.forget(part);
                live.remove(part);
            }
        }

        /** The process dies at a writing step, or, when there are fewer, right after the work. */
        private void crash(int step, Runnable work, List<Integer> blocks) {
            int before = next;
            scene.blobs.stopAt(step + 1, () -> {
                throw new SweepScene.Crash();
            });
            try {
                work.run();
            } catch (SweepScene.Crash e) {
                // as wanted
            }
            restart();
            boolean committed =
                    next > before && scene.store.parts(SweepScene.PROJECT).contains(SweepScene.part(next));
            if (committed) {
                live.put(next, blocks);
            }
        }

        private void restart() {
            upload = null;
            scene.restart();
        }

        private void begin(List<Integer> blocks) {
            giveUp();
            uploading = ++next;
            uploadingBlocks = blocks;
            upload = scene.store.begin(SweepScene.PROJECT, SweepScene.part(uploading));
            SweepScene.capture(blocks).putMissing(upload);
        }

        /** Whatever was swept since the blocks were offered, the commit needs nothing again. */
        private void commitUpload() throws IOException {
            if (upload != null) {
                SweepScene.capture(uploadingBlocks).commit(upload);
                live.put(uploading, uploadingBlocks);
                upload = null;
            }
        }

        private void giveUp() {
            if (upload != null) {
                upload.close();
                upload = null;
            }
        }
    }
}
