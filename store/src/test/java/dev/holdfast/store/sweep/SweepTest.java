package dev.holdfast.store.sweep;

import static dev.holdfast.store.sweep.SweepScene.NONE;
import static dev.holdfast.store.sweep.SweepScene.PROJECT;
import static dev.holdfast.store.sweep.SweepScene.capture;
import static dev.holdfast.store.sweep.SweepScene.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.PartUpload.BlocksMissing;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.testing.FaultyBlobStore.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SweepTest {
    private final SweepScene scene = new SweepScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void nothingIsForgotten_nothingGoes() {
        scene.commit(1, List.of(1, 2, 3));
        assertThat(scene.sweep(NONE).plan(scene.clock.instant()).isEmpty()).isTrue();
        scene.sweepNow();
        scene.assertWhole(Map.of(1, List.of(1, 2, 3)));
    }

    @Test
    void forgottenPart_leavesNothingBehind_butTheDescriptor() {
        scene.commit(1, List.of(1, 2, 3));
        scene.forget(1);
        SweepReport report = scene.sweepNow();
        assertThat(report.packs()).isPositive();
        assertThat(report.pages()).isPositive();
        assertThat(report.left()).isEmpty();
        assertThat(scene.blobs.list("")).containsExactly("store");
    }

    @Test
    void packOfWhichOneBlockIsNeeded_staysWhole() {
        scene.commit(1, List.of(1, 2, 3));
        scene.commit(2, List.of(3, 4));
        scene.forget(1);
        scene.sweepNow();
        assertThat(scene.blobs.list("packs/")).hasSize(2);
        scene.assertWhole(Map.of(2, List.of(3, 4)));
    }

    @Test
    void theRestOfTheProject_isFoundAsBefore_alsoAfterARestart() {
        scene.commit(1, List.of(1, 2));
        scene.commit(2, List.of(3, 4));
        scene.forget(1);
        assertThat(scene.sweepNow().packs()).isZero(); // part 2 shares the block of the file "same"
        scene.commit(3, List.of(5));
        scene.commit(4, List.of(6));
        scene.forget(3);
        assertThat(scene.sweepNow().packs()).isEqualTo(1);
        assertMissing(List.of(5), 1);
        assertMissing(List.of(1, 3, 6), 0);
        scene.restart();
        assertMissing(List.of(5), 1);
        assertMissing(List.of(1, 3, 6), 0);
        scene.assertWhole(Map.of(2, List.of(3, 4), 4, List.of(6)));
    }

    @Test
    void youngFiles_stay_untilTheirMarginIsOver() {
        scene.commit(1, List.of(1));
        scene.forget(1);
        scene.clock.advance(Duration.ofHours(24).minusMillis(1));
        SweepPlan early = scene.sweep(SweepMargins.SAFE).plan(scene.clock.instant());
        assertThat(early.isEmpty()).isTrue();
        assertThat(early.projects().get(0).youngFiles()).isEqualTo(2);
        scene.clock.advance(Duration.ofMillis(1));
        SweepPlan due = scene.sweep(SweepMargins.SAFE).plan(scene.clock.instant());
        assertThat(due.projects().get(0).packs()).hasSize(1);
        assertThat(due.projects().get(0).pages()).hasSize(1);
    }

    @Test
    void clockThatWentBack_makesFilesYoung() {
        scene.commit(1, List.of(1));
        scene.forget(1);
        scene.clock.advance(Duration.ofDays(-30));
        assertThat(scene.sweep(SweepMargins.SAFE).plan(scene.clock.instant()).isEmpty())
                .isTrue();
    }

    @Test
    void plan_changesNothing_andIsRunOnce() {
        scene.commit(1, List.of(1));
        scene.forget(1);
        List<String> before = scene.blobs.list("");
        long steps = scene.blobs.steps();
        Sweep sweep = scene.sweep(NONE);
        SweepPlan plan = sweep.plan(scene.clock.instant());
        assertThat(scene.blobs.steps()).isEqualTo(steps);
        assertThat(scene.blobs.list("")).isEqualTo(before);
        assertThatThrownBy(() -> scene.sweep(NONE).run(plan)).isInstanceOf(IllegalStateException.class);
        sweep.run(plan);
        assertThatThrownBy(() -> sweep.run(plan)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void uploadThatWasToldHaveIt_keepsThePack() throws IOException {
        scene.commit(1, List.of(1, 2));
        scene.forget(1);
        try (PartUpload upload = scene.store.begin(PROJECT, part(2))) {
            assertThat(capture(List.of(1, 2)).putMissing(upload)).isZero();
            SweepPlan plan = scene.sweep(NONE).plan(scene.clock.instant());
            assertThat(plan.projects().get(0).pinnedPacks()).isEqualTo(1);
            assertThat(scene.sweepNow().packs()).isZero();
            capture(List.of(1, 2)).commit(upload);
        }
        scene.assertWhole(Map.of(2, List.of(1, 2)));
    }

    @Test
    void uploadThatWasToldHaveIt_afterThePlan_keepsThePackToo() throws IOException {
        scene.commit(1, List.of(1, 2));
        scene.forget(1);
        Sweep sweep = scene.sweep(NONE);
        SweepPlan plan = sweep.plan(scene.clock.instant());
        assertThat(plan.projects().get(0).packs()).hasSize(1);
        try (PartUpload upload = scene.store.begin(PROJECT, part(2))) {
            assertThat(capture(List.of(1, 2)).putMissing(upload)).isZero();
            assertThat(sweep.run(plan).packs()).isZero();
            capture(List.of(1, 2)).commit(upload);
        }
        scene.assertWhole(Map.of(2, List.of(1, 2)));
    }

    @Test
    void partCommittedAfterThePlan_keepsPacksAndPages() {
        scene.commit(1, List.of(1, 2));
        scene.forget(1);
        Sweep sweep = scene.sweep(NONE);
        SweepPlan plan = sweep.plan(scene.clock.instant());
        scene.commit(2, List.of(1, 2));
        SweepReport report = sweep.run(plan);
        assertThat(report.packs()).isZero();
        assertThat(report.pages()).isZero();
        scene.assertWhole(Map.of(2, List.of(1, 2)));
    }

    @Test
    void aPartsIdUsedTwice_isReadAgain() {
        scene.commit(1, List.of(1, 2));
        scene.commit(2, List.of(3));
        scene.forget(2);
        Sweep sweep = scene.sweep(NONE);
        SweepPlan plan = sweep.plan(scene.clock.instant());
        scene.forget(1);
        scene.commit(1, List.of(3));
        sweep.run(plan);
        scene.assertWhole(Map.of(1, List.of(3)));
    }

    @Test
    void commitWithoutAnOffer_isToldWhatWasSwept() throws IOException {
        scene.commit(1, List.of(1, 2));
        scene.forget(1);
        try (PartUpload upload = scene.store.begin(PROJECT, part(2))) {
            scene.sweepNow();
            assertThatThrownBy(() -> capture(List.of(1, 2)).commit(upload)).isInstanceOf(BlocksMissing.class);
            capture(List.of(1, 2)).into(upload);
        }
        scene.assertWhole(Map.of(2, List.of(1, 2)));
    }

    @Test
    void packsOfAnUploadInProgress_stay_andGoWhenItIsGivenUp() {
        try (PartUpload upload = scene.store.begin(PROJECT, part(1))) {
            capture(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20))
                    .putMissing(upload);
            assertThat(scene.blobs.list("packs/")).isNotEmpty();
            assertThat(scene.sweepNow().packs()).isZero();
        }
        assertThat(scene.sweepNow().packs()).isPositive();
        assertMissing(List.of(1, 2, 3), 4);
    }

    @Test
    void damagedPage_keepsTheWholeProject_butNotTheOthers() {
        scene.commit(1, List.of(1, 2));
        scene.commit(2, List.of(3));
        scene.forget(2);
        String page = scene.blobs.list("pages/").get(0);
        scene.blobs.flip(page, 40);
        scene.forget(1);
        scene.commit(3, List.of(9));
        scene.blobs.list("pages/").stream()
                .filter(name -> !name.equals(page))
                .forEach(name -> scene.blobs.flip(name, 40));
        SweepPlan plan = scene.sweep(NONE).plan(scene.clock.instant());
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.projects().get(0).skipped()).contains("cannot be read");
        assertThat(plan.text()).contains("nothing may be swept");
    }

    @Test
    void filesThatAreNotOurs_stay() {
        scene.commit(1, List.of(1));
        scene.forget(1);
        scene.blobs.put("packs/" + PROJECT + "/readme.txt", new byte[] {1});
        scene.blobs.put("pages/" + PROJECT + "/00/notes.page", new byte[] {1});
        scene.sweepNow();
        assertThat(scene.blobs.list("")).hasSize(3);
    }

    @Test
    void diskThatRefuses_losesNothing_andTheNextSweepGoesOn() {
        scene.commit(1, List.of(1));
        scene.commit(2, List.of(2));
        scene.forget(1);
        scene.forget(2);
        scene.commit(3, List.of(1));
        scene.blobs.failNext(Step.DELETE, "packs/", 1);
        assertThatThrownBy(scene::sweepNow).isInstanceOf(Unavailable.class);
        scene.assertWhole(Map.of(3, List.of(1)));
        assertMissing(List.of(1), 0);
        scene.sweepNow();
        scene.assertWhole(Map.of(3, List.of(1)));
        assertThat(scene.blobs.list("packs/")).hasSize(1);
    }

    @Test
    void damagedIndexRun_doesNotStopASweep() {
        scene.commit(1, List.of(1));
        scene.commit(2, List.of(2));
        scene.forget(2);
        scene.blobs.list("index/").forEach(run -> scene.blobs.flip(run, 120));
        scene.restart(); // readers that are open would still see the old bytes
        scene.sweepNow();
        assertMissing(List.of(1), 0);
        scene.restart();
        scene.assertWhole(Map.of(1, List.of(1)));
    }

    @Test
    void planInText_andInJson() {
        scene.commit(1, List.of(1));
        scene.forget(1);
        SweepPlan plan =
                scene.sweep(SweepMargins.SAFE).plan(scene.clock.instant().plus(Duration.ofDays(2)));
        String pack = plan.projects().get(0).packs().get(0).blob();
        assertThat(plan.text())
                .contains(pack + "  ")
                .contains("1 packs and 1 pages")
                .contains("written 2016-02-21T23:51:41Z");
        assertThat(plan.json())
                .startsWith("{\"at\":\"2016-02-23T23:51:41Z\",\"margins\":{\"packs\":\"PT24H\",\"pages\":\"PT24H\","
                        + "\"unfinished\":\"PT168H\",\"clocks\":\"PT1H\"},")
                .contains("{\"blob\":\"" + pack + "\",\"bytes\":")
                .endsWith("\"livePacks\":0,\"youngFiles\":0,\"pinnedPacks\":0}]}");
    }

    @Test
    void planOfAStoreThatIsOpenElsewhere_writesNothing() {
        scene.commit(1, List.of(1));
        scene.forget(1);
        long steps = scene.blobs.steps();
        try (PackedSnapshotStore other = PackedSnapshotStore.open(scene.blobs, StoreSettings.DEFAULT, new Random(1))) {
            assertThat(new Sweep(scene.blobs, other, NONE)
                            .plan(scene.clock.instant())
                            .isEmpty())
                    .isFalse();
        }
        assertThat(scene.blobs.steps()).isEqualTo(steps);
    }

    @Test
    void processThatDies_atEachWritingStepOfASweep_leavesACleanStore() {
        int step = 0;
        boolean died = true;
        while (died) {
            step++;
            try (SweepScene each = new SweepScene()) {
                each.commit(1, List.of(1, 2, 3));
                each.commit(2, List.of(3, 4));
                each.commit(3, List.of(5, 6));
                each.commit(4, List.of(6, 7));
                each.forget(1);
                each.forget(2);
                each.forget(3);
                each.blobs.stopAt(step, () -> {
                    throw new SweepScene.Crash();
                });
                died = dies(each);
                each.restart();
                Map<Integer, List<Integer>> live = Map.of(4, List.of(6, 7));
                each.assertWhole(live);
                each.commit(5, List.of(1, 4, 5));
                each.sweepNow();
                each.assertWhole(Map.of(4, List.of(6, 7), 5, List.of(1, 4, 5)));
                each.forget(4);
                each.forget(5);
                each.sweepNow();
                assertThat(each.blobs.list("")).as("step %d", step).containsExactly("store");
            }
        }
        assertThat(step).as("steps of a sweep").isGreaterThan(8);
    }

    private static boolean dies(SweepScene scene) {
        try {
            scene.sweepNow();
            return false;
        } catch (SweepScene.Crash e) {
            return true;
        }
    }

    private void assertMissing(List<Integer> blocks, int count) {
        try (PartUpload upload = scene.store.begin(PROJECT, part(99))) {
            assertThat(upload.missing(capture(blocks).blocks().stream()
                                    .map(block -> block.id())
                                    .toList())
                            .cardinality())
                    .isEqualTo(count);
        }
    }
}
