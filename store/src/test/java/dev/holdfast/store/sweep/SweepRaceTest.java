package dev.holdfast.store.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.PartUpload;
import dev.holdfast.store.PartUpload.BlocksMissing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Uploads, forgets and a sweep without margins, all at once: the pins alone must be enough. */
final class SweepRaceTest {
    private static final int UPLOADERS = 4;
    private static final int ROUNDS = 60;

    private final SweepScene scene = new SweepScene();
    private final Map<Integer, List<Integer>> live = new ConcurrentHashMap<>();
    private final AtomicInteger parts = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void whatIsCommittedBesideSweeps_isWhole() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(UPLOADERS + 1);
        try {
            Future<Integer> sweeper = threads.submit(this::sweepUntilOver);
            List<Future<?>> uploaders = new ArrayList<>();
            for (int i = 0; i < UPLOADERS; i++) {
                int seed = i;
                uploaders.add(threads.submit(() -> upload(new Random(seed))));
            }
            for (Future<?> uploader : uploaders) {
                uploader.get();
            }
            over.set(true);
            assertThat(sweeper.get()).as("packs swept meanwhile").isPositive();
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        scene.assertWhole(live);
        live.keySet().forEach(scene::forget);
        scene.sweepNow();
        assertThat(scene.blobs.list("")).containsExactly("store");
        scene.close();
    }

    private int sweepUntilOver() {
        int packs = 0;
        while (!over.get()) {
            packs += scene.sweepNow(SweepScene.EAGER).packs();
        }
        return packs;
    }

    /** Few enough different blocks that uploads want what others have just forgotten. */
    private Void upload(Random random) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> blocks =
                    random.ints(1 + random.nextInt(8), 0, 200).boxed().toList();
            int part = parts.incrementAndGet();
            boolean offered = random.nextInt(4) > 0;
            try (PartUpload upload = scene.store.begin(SweepScene.PROJECT, SweepScene.part(part))) {
                if (offered) {
                    SweepScene.capture(blocks).putMissing(upload);
                }
                commit(upload, blocks, offered);
            }
            live.put(part, blocks);
            if (random.nextInt(10) > 0) {
                scene.forget(part);
                live.remove(part);
            }
        }
        return null;
    }

    /** What was offered needs nothing again; what was not may have been swept, and is told so. */
    private static void commit(PartUpload upload, List<Integer> blocks, boolean offered) throws Exception {
        try {
            SweepScene.capture(blocks).commit(upload);
        } catch (BlocksMissing e) {
            if (offered) {
                throw e;
            }
            SweepScene.capture(blocks).into(upload);
        }
    }
}
