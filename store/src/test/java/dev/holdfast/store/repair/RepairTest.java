package dev.holdfast.store.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.copy.OtherStore;
import dev.holdfast.store.copy.StoreCopy;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.CapturedStore;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RepairTest {
    private final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore());
    private final FaultyBlobStore replica = new FaultyBlobStore(new MemoryBlobStore());
    private Map<String, byte[]> before;

    @BeforeEach
    void fill() throws IOException {
        CapturedStore.fill(blobs);
        var unused = new StoreCopy(blobs, replica, (part, parts, bytes) -> {}).run(StoreCopy.parts(blobs));
        before = content(blobs);
    }

    @Test
    void everyKindOfFile_flipped_cutOff_orMissing_isMendedFromTheReplica() {
        for (String name : before.keySet()) {
            if (name.startsWith("index/")) {
                continue; // derived: made again when the store is opened
            }
            blobs.flip(name, before.get(name).length / 2);
            mend(replica);
            assertThat(content(blobs)).as("flipped " + name).containsAllEntriesOf(before);
            blobs.truncate(name, before.get(name).length - 3L);
            mend(replica);
            assertThat(content(blobs)).as("cut off " + name).containsAllEntriesOf(before);
            if (!name.equals("store")) {
                blobs.delete(name);
                mend(replica);
                assertThat(content(blobs)).as("missing " + name).containsAllEntriesOf(before);
            }
        }
        assertClean();
    }

    @Test
    void everythingAtOnce_isMendedInRounds() {
        for (String name : before.keySet()) {
            if (!name.startsWith("index/")) {
                blobs.flip(name, before.get(name).length / 2);
            }
        }
        mend(replica);
        assertThat(content(blobs)).containsAllEntriesOf(before);
    }

    @Test
    void planAlone_changesNothing() {
        String pack = blobs.list("packs/").get(0);
        blobs.flip(pack, 100);
        Map<String, byte[]> damaged = content(blobs);
        RepairPlan plan = repair(replica).plan();
        assertThat(plan.mendings()).singleElement().satisfies(mending -> {
            assertThat(mending.isPossible()).isTrue();
            assertThat(mending.toString()).contains(pack).contains("whole from the other store");
        });
        assertThat(content(blobs)).containsExactlyEntriesOf(damaged);
    }

    @Test
    void packsDamagedInBothStores_butInOtherSegments_arePutTogether() {
        String pack = packWithSlots(3);
        blobs.flip(pack, 60 + 10);
        replica.flip(pack, 60 + 4101 + 10);
        RepairPlan plan = repair(replica).plan();
        assertThat(plan.mendings())
                .singleElement()
                .satisfies(mending -> assertThat(mending.source()).isEqualTo(Mending.Source.SEGMENTS));
        mend(replica);
        assertThat(content(blobs)).containsAllEntriesOf(before);
    }

    @Test
    void withoutAReplica_aLaterCaptureOfTheSameBlocksMendsThePack() throws IOException {
        String pack = blobs.list("packs/").get(0);
        var name = PackNames.parse(pack).orElseThrow();
        blobs.flip(pack, 100);
        assertThat(repair(null).plan().isOfUse()).isFalse();
        try (PackedSnapshotStore store = CapturedStore.open(blobs)) {
            store.distrust(CapturedStore.PROJECT, Set.of(name.pack()));
            CapturedStore.capture(
                    store,
                    new PartId("600000000000000000000009"),
                    Map.of(
                            "a", CapturedStore.noise(1, 9000),
                            "b", CapturedStore.noise(2, 300),
                            "c", CapturedStore.noise(3, 5000)));
        }
        mend(null);
        assertThat(content(blobs)).containsAllEntriesOf(before);
        assertClean();
    }

    @Test
    void whatIsDamagedInBoth_staysAsItIs_andIsNamed() {
        String pack = blobs.list("packs/").get(0);
        blobs.flip(pack, 100);
        replica.flip(pack, 100);
        Map<String, byte[]> damaged = content(blobs);
        RepairPlan plan = repair(replica).plan();
        assertThat(plan.mendings())
                .singleElement()
                .asString()
                .contains("CANNOT MEND")
                .contains(pack);
        assertThat(repair(replica).run(plan)).isEmpty();
        assertThat(content(blobs)).containsExactlyEntriesOf(damaged);
    }

    @Test
    void replicaWithOtherSegmentsUnderTheSameName_isNotTaken() {
        String pack = packWithSlots(3);
        var name = PackNames.parse(pack).orElseThrow();
        // a sound pack of that id, whose blocks were encoded in another way
        TestEncoding.rewrite(replica, name.project(), name.pack());
        blobs.flip(pack, 100);
        assertThat(repair(replica).plan().isOfUse()).isFalse();
        blobs.delete(pack);
        assertThat(repair(replica).plan().isOfUse()).isFalse();
    }

    @Test
    void killAtEveryStep_leavesTheOldFileOrTheNewOne() {
        String pack = blobs.list("packs/").get(0);
        for (int step = 1; step <= 4; step++) {
            blobs.flip(pack, 100);
            byte[] old = blobs.content(pack);
            Repair repair = repair(replica);
            RepairPlan plan = repair.plan();
            blobs.stopAt(step, () -> {
                throw new IllegalStateException("killed");
            });
            assertThatThrownBy(() -> repair.run(plan)).as("step %s", step).hasMessage("killed");
            assertThat(blobs.content(pack)).isIn(old, before.get(pack));
            mend(replica);
            assertThat(content(blobs)).containsAllEntriesOf(before);
        }
    }

    @Test
    void missingRootThatTheRowsKnow_isTakenFromTheReplica() {
        String root = blobs.list("manifests/").get(0);
        blobs.delete(root);
        var part = new Damage.Part(CapturedStore.PROJECT, CapturedStore.FIRST);
        Repair repair = new Repair(blobs, replica, List.of(part), name -> {});
        RepairPlan plan = repair.plan();
        assertThat(plan.mendings()).singleElement().asString().contains(root);
        assertThat(repair.run(plan)).isEmpty();
        assertThat(content(blobs)).containsAllEntriesOf(before);
    }

    @Test
    void anotherStore_isNoReplica_andADamagedDescriptorAloneIsToldAsSuch() {
        MemoryBlobStore other = new MemoryBlobStore();
        PackedSnapshotStore.create(other, StoreSettings.DEFAULT.withBlockSize(4096), new Random(3))
                .close();
        assertThatThrownBy(() -> repair(other).plan()).isInstanceOf(OtherStore.class);
        blobs.flip("store", 40);
        assertThatThrownBy(() -> repair(null).plan()).isInstanceOf(Corruption.class);
        assertThat(repair(other).plan().isOfUse())
                .as("its packs bear another id")
                .isFalse();
    }

    private void mend(BlobStore from) {
        for (int round = 0; round < 5; round++) {
            Repair repair = new Repair(
                    blobs,
                    from,
                    List.of(
                            new Damage.Part(CapturedStore.PROJECT, CapturedStore.FIRST),
                            new Damage.Part(CapturedStore.PROJECT, CapturedStore.SECOND)),
                    name -> {});
            RepairPlan plan = repair.plan();
            if (!plan.isOfUse()) {
                return;
            }
            assertThat(repair.run(plan)).isEmpty();
        }
    }

    private Repair repair(BlobStore from) {
        return new Repair(blobs, from, List.of(), name -> {});
    }

    private String packWithSlots(int slots) {
        return blobs.list("packs/").stream()
                .filter(name -> before.get(name).length > slots * 3000)
                .findFirst()
                .orElseThrow();
    }

    private void assertClean() {
        assertThat(new Scrub(blobs, (name, done, total, bytes) -> {}).run().damages())
                .isEmpty();
    }

    private static Map<String, byte[]> content(FaultyBlobStore store) {
        Map<String, byte[]> all = new TreeMap<>();
        store.list("").forEach(name -> all.put(name, store.content(name)));
        return all;
    }
}
