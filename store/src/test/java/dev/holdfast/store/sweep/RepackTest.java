package dev.holdfast.store.sweep;

import static dev.holdfast.store.sweep.SweepScene.BLOCK;
import static dev.holdfast.store.sweep.SweepScene.EAGER;
import static dev.holdfast.store.sweep.SweepScene.NONE;
import static dev.holdfast.store.sweep.SweepScene.PROJECT;
import static dev.holdfast.store.sweep.SweepScene.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.copy.CopyReport;
import dev.holdfast.store.copy.StoreCopy;
import dev.holdfast.store.repair.Repair;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.FaultyBlobStore.Step;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RepackTest {
    private final SweepScene scene = new SweepScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void packOfWhichOneBlockIsNeeded_isCopied_andItsSpaceIsFree() {
        scene.commit(1, IntStream.range(0, 12).boxed().toList());
        long before = bytes("packs/");
        scene.commit(2, List.of(3));
        scene.forget(1);
        SweepReport report = scene.sweepNow(EAGER);
        assertThat(report.repacked()).isPositive();
        assertThat(report.left()).isEmpty();
        assertThat(bytes("packs/")).isLessThan(before / 3);
        scene.assertWhole(Map.of(2, List.of(3)));
        scene.restart();
        scene.assertWhole(Map.of(2, List.of(3)));
    }

    @Test
    void packThatACrashLeftBesideItsRecord_goesWithIt_whenNothingNeedsThemAnyMore() {
        scene.commit(1, List.of(1, 2, 3, 4, 5, 6));
        scene.commit(2, List.of(3));
        scene.forget(1);
        scene.blobs.failNext(Step.DELETE, "packs/", 1);
        assertThatThrownBy(() -> scene.sweepNow(EAGER)).isInstanceOf(Unavailable.class);
        scene.restart();
        assertThat(scene.blobs.list("forwards/")).isNotEmpty();
        scene.assertWhole(Map.of(2, List.of(3)));
        scene.forget(2);
        assertThat(scene.sweepNow().left()).isEmpty();
        assertThat(scene.blobs.list("")).containsExactly("store");
    }

    @Test
    void whatWasRepacked_isNotRepackedAgain() {
        scene.commit(1, List.of(1, 2, 3, 4, 5, 6));
        scene.commit(2, List.of(6, 1, 10, 3));
        scene.forget(1);
        assertThat(scene.sweepNow(EAGER).repacked()).isPositive();
        assertThat(scene.sweep(NONE).plan(scene.clock.instant()).isEmpty()).isTrue();
        assertThat(scene.sweepNow(EAGER).repacked()).isZero();
    }

    @Test
    void repackedTwice_theOldestPartIsReadThroughBothRecords_andRecordsGoWithTheLastPartThatNeedsThem() {
        scene.commit(1, List.of(1, 2, 3, 4, 5));
        scene.commit(2, List.of(1, 2, 3, 6));
        scene.commit(3, List.of(1, 7));
        scene.forget(1);
        assertThat(scene.sweepNow(EAGER).repacked()).isPositive();
        scene.forget(2);
        assertThat(scene.sweepNow(EAGER).repacked()).isPositive();
        scene.assertWhole(Map.of(3, List.of(1, 7)));
        assertThat(scene.blobs.list("forwards/")).hasSizeGreaterThan(1);
        scene.restart();
        scene.assertWhole(Map.of(3, List.of(1, 7)));
        scene.forget(3);
        scene.sweepNow(EAGER);
        assertThat(scene.blobs.list("")).containsExactly("store");
    }

    @Test
    void anOpenDownload_readsOnWhereThePackWas() {
        List<Integer> blocks = IntStream.range(0, 60).boxed().toList();
        scene.commit(1, IntStream.range(0, 120).boxed().toList());
        scene.commit(2, blocks);
        Archive archive = scene.store.open(PROJECT, part(2)).archive("12345678");
        ByteBuffer whole = ByteBuffer.allocate((int) archive.length());
        try (ArchiveReader reader = archive.read(0, archive.length());
                ArchiveReader again = archive.read(0, archive.length())) {
            reader.read(whole.limit(5 * BLOCK));
            scene.forget(1);
            assertThat(scene.sweepNow(EAGER).repacked()).isPositive();
            whole.limit(whole.capacity());
            while (whole.hasRemaining() && reader.read(whole) > 0) {}
            ByteBuffer fresh = ByteBuffer.allocate((int) archive.length());
            while (fresh.hasRemaining() && again.read(fresh) > 0) {}
            assertThat(whole.flip()).isEqualTo(fresh.flip());
        }
        scene.assertWhole(Map.of(2, blocks));
    }

    @Test
    void anUploadThatWasToldHaveIt_keepsItsPackFromBeingRepacked() throws IOException {
        scene.commit(1, List.of(1, 2, 3));
        scene.commit(2, List.of(3));
        scene.forget(1);
        try (PartUpload upload = scene.store.begin(PROJECT, part(3))) {
            SweepScene.capture(List.of(1, 2)).putMissing(upload);
            Sweep sweep = new Sweep(scene.blobs, scene.store, NONE, EAGER);
            SweepPlan plan = sweep.plan(scene.clock.instant());
            assertThat(sweep.run(plan).repacked()).isZero();
            SweepScene.capture(List.of(1, 2)).commit(upload);
        }
        scene.assertWhole(Map.of(2, List.of(3), 3, List.of(1, 2)));
    }

    @Test
    void aPartThatCameAfterThePlan_andNeedsABlockThatWasDead_isWhole() {
        scene.commit(1, List.of(1, 2, 3));
        scene.commit(2, List.of(3));
        scene.forget(1);
        Sweep sweep = new Sweep(scene.blobs, scene.store, NONE, EAGER);
        SweepPlan plan = sweep.plan(scene.clock.instant());
        assertThat(plan.projects().get(0).repacked()).isNotEmpty();
        scene.commit(3, List.of(1, 2));
        sweep.run(plan);
        scene.assertWhole(Map.of(2, List.of(3), 3, List.of(1, 2)));
    }

    @Test
    void fragmentedNewestPart_liesInOrderAfterwards() {
        List<Integer> blocks = new ArrayList<>(IntStream.range(0, 64).boxed().toList());
        Random random = new Random(3);
        int next = 100;
        scene.commit(1, blocks);
        for (int day = 2; day <= 12; day++) {
            for (int i = 0; i < 6; i++) {
                blocks.set(random.nextInt(blocks.size()), next++);
            }
            scene.clock.advance(java.time.Duration.ofDays(1));
            scene.commit(day, blocks);
        }
        int before = stretches(12);
        scene.sweepNow(EAGER);
        assertThat(before).isGreaterThan(30);
        // a pack of the scene holds 16 blocks
        assertThat(stretches(12)).isLessThanOrEqualTo(6);
        scene.assertWhole(Map.of(12, blocks, 1, IntStream.range(0, 64).boxed().toList()));
        assertThat(scene.sweepNow(EAGER).repacked()).isZero();
    }

    @Test
    void damagedPack_isLeft_andSaid() {
        scene.commit(1, List.of(1, 2, 3));
        scene.commit(2, List.of(3));
        scene.forget(1);
        String pack = scene.blobs.list("packs/").get(0);
        int slot = BLOCK * 2; // in the third segment, which is needed
        scene.blobs.flip(pack, 60 + slot + 100);
        scene.restart(); // the file from before the damage is still open
        SweepReport report = scene.sweepNow(EAGER);
        assertThat(report.repacked()).isZero();
        assertThat(report.left()).hasSize(1).first().asString().contains("damaged");
        assertThat(scene.blobs.list("packs/")).contains(pack);
    }

    @Test
    void aDiskThatFillsUp_leavesTheOldPacks() {
        scene.commit(1, List.of(1, 2, 3));
        scene.commit(2, List.of(3));
        scene.forget(1);
        for (Step step : List.of(Step.CREATE, Step.WRITE, Step.COMMIT, Step.COMMITTED)) {
            for (String where : List.of("packs/", "index/", "forwards/")) {
                scene.blobs.failNext(step, where, 1);
                try {
                    scene.sweepNow(EAGER);
                } catch (dev.holdfast.contract.trouble.Unavailable e) {
                    assertThat(e).hasMessageContaining("on purpose");
                }
                scene.blobs.forgetFaults();
                scene.assertWhole(Map.of(2, List.of(3)));
                scene.commit(9, List.of(1, 2, 3));
                scene.assertWhole(Map.of(2, List.of(3), 9, List.of(1, 2, 3)));
                scene.forget(9);
            }
        }
        scene.sweepNow(EAGER);
        scene.assertWhole(Map.of(2, List.of(3)));
    }

    @Test
    void aReplica_getsRecordsAndTheirPacks_alsoWhenItHasTheOldPack() {
        MemoryBlobStore replica = new MemoryBlobStore(scene.clock);
        scene.commit(1, List.of(1, 2, 3, 4, 5));
        scene.commit(2, List.of(2, 4));
        copy(replica, 2);
        scene.forget(1);
        assertThat(scene.sweepNow(EAGER).repacked()).isPositive();
        scene.commit(3, List.of(2, 9));
        scene.commit(4, List.of(4));
        copy(replica, 2, 3, 4);
        assertThat(new Scrub(replica, (name, done, total, bytes) -> {}).run().damages())
                .isEmpty();
        MemoryBlobStore empty = new MemoryBlobStore(scene.clock);
        copy(empty, 2, 3, 4);
        assertThat(empty.list("forwards/")).isNotEmpty();
        assertThat(new Scrub(empty, (name, done, total, bytes) -> {}).run().damages())
                .isEmpty();
    }

    @Test
    void aLostCopy_isNamedByVerify_withTheFileThatIsMissing() {
        scene.commit(1, List.of(1, 2, 3));
        scene.commit(2, List.of(3));
        scene.forget(1);
        scene.sweepNow(EAGER);
        scene.restart();
        scene.blobs.list("packs/").forEach(scene.blobs::delete);
        assertThat(scene.damages()).hasSize(1).first().asString().contains("the pack is gone", "packs/");
    }

    @Test
    void repair_seesNoDamageInAStoreThatWasRepacked() {
        scene.commit(1, List.of(1, 2, 3));
        scene.commit(2, List.of(3));
        scene.forget(1);
        assertThat(scene.sweepNow(EAGER).repacked()).isPositive();
        Repair repair = new Repair(scene.blobs, null, List.of(), name -> {});
        assertThat(repair.plan().mendings()).isEmpty();
    }

    @Test
    void everyFlippedByteOfARecord_isFoundOut() {
        scene.commit(1, List.of(1, 2, 3));
        scene.commit(2, List.of(3));
        scene.forget(1);
        scene.sweepNow(EAGER);
        String record = scene.blobs.list("forwards/").get(0);
        int length = scene.blobs.content(record).length;
        for (int at = 0; at < length; at++) {
            scene.blobs.flip(record, at);
            assertThat(scene.damages()).as("byte %s", at).isNotEmpty();
            assertThat(scene.sweepNow(EAGER).packs()).as("byte %s", at).isZero();
            scene.blobs.flip(record, at);
        }
        scene.restart();
        scene.assertWhole(Map.of(2, List.of(3)));
    }

    private void copy(MemoryBlobStore to, int... parts) {
        List<Damage.Part> wanted = Arrays.stream(parts)
                .mapToObj(number -> new Damage.Part(PROJECT, part(number)))
                .toList();
        CopyReport report = new StoreCopy(scene.blobs, to, (part, count, bytes) -> {}).run(wanted);
        assertThat(report.failed()).isEmpty();
    }

    @Test
    void theSecondReader_followsTheRecords(@TempDir Path folder) throws Exception {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "python3")));
        assumeTrue(installed, "python3 is not installed");
        scene.commit(1, List.of(1, 2, 3, 4, 5));
        scene.commit(2, List.of(1, 2, 3, 6));
        scene.commit(3, List.of(1, 7));
        scene.forget(1);
        assertThat(scene.sweepNow(EAGER).repacked()).isPositive();
        scene.forget(2);
        assertThat(scene.sweepNow(EAGER).repacked()).isPositive();
        for (String blob : scene.blobs.list("")) {
            Path path = folder.resolve("store").resolve(blob);
            Files.createDirectories(path.getParent());
            Files.write(path, scene.blobs.content(blob));
        }
        Path output = folder.resolve("archive.tar.gz");
        Process reader = new ProcessBuilder(
                        "python3",
                        "../docs/read-archive.py",
                        folder.resolve("store").toString(),
                        PROJECT.hex(),
                        part(3).hex(),
                        "12345678")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        assertThat(reader.waitFor()).isZero();
        Archive archive = scene.store.open(PROJECT, part(3)).archive("12345678");
        ByteBuffer whole = ByteBuffer.allocate((int) archive.length());
        try (ArchiveReader ours = archive.read(0, archive.length())) {
            while (whole.hasRemaining() && ours.read(whole) > 0) {}
        }
        assertThat(Files.readAllBytes(output)).isEqualTo(whole.array());
    }

    /** Jumps that a reader of the part makes. */
    private int stretches(int part) {
        var live = new LiveReferences(scene.blobs, scene.store.descriptor(), PROJECT, scene.store.sweeping(PROJECT));
        Heads heads = new Heads(scene.blobs, scene.store.descriptor(), PROJECT, live.forwards());
        int[] count = new int[1];
        Object[] last = new Object[2];
        heads.walk(part(part), Integer.MAX_VALUE, (pack, slot) -> {
            count[0] += pack.equals(last[0]) && last[1].equals(slot - 1) ? 0 : 1;
            last[0] = pack;
            last[1] = slot;
        });
        return count[0];
    }

    private long bytes(String prefix) {
        return scene.blobs.list(prefix).stream()
                .mapToLong(name -> scene.blobs.content(name).length)
                .sum();
    }
}
