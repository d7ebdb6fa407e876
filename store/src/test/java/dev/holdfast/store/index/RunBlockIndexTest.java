package dev.holdfast.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.testing.TestPacks;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunBlockIndexTest extends BlockIndexContract {
    private final Random random = new Random(2);

    @Override
    RunBlockIndex make() {
        return make(RunTiers.DEFAULT);
    }

    private RunBlockIndex make(RunTiers tiers) {
        return RunBlockIndex.open(packs.blobs, packs.packs, TestPacks.STORE, TestPacks.PROJECT, random, tiers);
    }

    @Test
    void packsThatNoRunNames_areFoundWhenOpened() {
        PackId pack = packs.add(1, 2, 3);
        try (BlockIndex index = make()) {
            assertThat(index.lookup(List.of(TestPacks.id(3)))).containsExactly(new BlockLocation(pack, 2));
        }
    }

    @Test
    void runThatNamesAPackThatIsGone_isDropped_andItsOtherPacksAreIndexedAgain() {
        PackId kept = packs.add(1);
        PackId gone = packs.add(2);
        flushed(kept, gone);
        packs.blobs.delete(PackNames.name(TestPacks.PROJECT, gone));
        try (BlockIndex index = make()) {
            assertThat(index.lookup(ids(1, 3))).containsExactly(new BlockLocation(kept, 0), null);
            assertThat(runs()).isEmpty();
        }
    }

    @Test
    void everyFlippedByteOfARun_isFoundOut_andHealed() {
        PackId pack = packs.add(IntStream.range(0, 150).toArray());
        flushed(pack);
        byte[] good = content(runs().get(0));
        for (int at = 0; at < good.length; at += at < 150 ? 1 : 97) {
            String run = runs().get(0);
            byte[] bad = good.clone();
            bad[at] ^= 1;
            packs.blobs.delete(run);
            packs.blobs.put(run, bad);
            try (BlockIndex index = make()) {
                var found = index.lookup(ids(0, 150));
                for (int i = 0; i < found.length; i++) {
                    assertThat(found[i]).as("block %s, byte %s", i, at).isEqualTo(new BlockLocation(pack, i));
                }
                assertThat(runs()).as("byte %s", at).isEmpty();
                packs.blobs.put(run, good);
            }
        }
    }

    @Test
    void truncatedRun_isHealed() {
        PackId pack = packs.add(1, 2);
        flushed(pack);
        String run = runs().get(0);
        byte[] good = content(run);
        packs.blobs.delete(run);
        packs.blobs.put(run, java.util.Arrays.copyOf(good, good.length - 1));
        try (BlockIndex index = make()) {
            assertThat(index.lookup(ids(1, 2))).containsExactly(new BlockLocation(pack, 0));
        }
    }

    @Test
    void damagedPack_isLeftOut_soThatItsBlocksCountAsMissing() {
        PackId bad = packs.add(1);
        PackId good = packs.add(2);
        String name = PackNames.name(TestPacks.PROJECT, bad);
        byte[] bytes = content(name);
        bytes[bytes.length - 1] ^= 1;
        packs.blobs.delete(name);
        packs.blobs.put(name, bytes);
        try (BlockIndex index = make()) {
            assertThat(index.lookup(ids(1, 3))).containsExactly(null, new BlockLocation(good, 0));
        }
    }

    @Test
    void runLeftBesideItsMerge_isRemoved() {
        PackId one = packs.add(1);
        flushed(one);
        String small = runs().get(0);
        byte[] bytes = content(small);
        packs.blobs.delete(small);
        PackId two = packs.add(2);
        flushed(one, two);
        packs.blobs.put(small, bytes);
        try (BlockIndex index = make()) {
            assertThat(index.lookup(ids(1, 3))).containsExactly(new BlockLocation(one, 0), new BlockLocation(two, 0));
            assertThat(runs()).hasSize(1).doesNotContain(small);
        }
    }

    @Test
    void numberOfRuns_growsWithTheLogarithm() {
        try (BlockIndex index = make(new RunTiers(10, 10, 4))) {
            for (int i = 0; i < 200; i++) {
                PackId pack = packs.add(IntStream.range(i * 10, i * 10 + 10).toArray());
                index.add(pack, packs.index(pack));
            }
            assertThat(runs()).hasSizeLessThanOrEqualTo(3 * 4);
            assertThat(index.lookup(ids(0, 2000))).doesNotContainNull();
            assertThat(index.lookup(ids(2000, 2100))).containsOnlyNulls();
        }
    }

    @Test
    void discardedIndex_isMadeAgainFromThePacks() {
        PackId pack = packs.add(1);
        flushed(pack);
        RunBlockIndex.discard(packs.blobs, TestPacks.PROJECT);
        assertThat(runs()).isEmpty();
        try (BlockIndex index = make()) {
            assertThat(index.lookup(ids(1, 2))).containsExactly(new BlockLocation(pack, 0));
        }
    }

    private void flushed(PackId... added) {
        try (BlockIndex index = make()) {
            for (PackId pack : added) {
                index.add(pack, packs.index(pack));
            }
            index.flush();
        }
        assertThat(runs()).hasSize(1);
    }

    private List<String> runs() {
        return packs.blobs.list(RunNames.PREFIX);
    }

    private static List<BlockId> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(TestPacks::id).toList();
    }

    private byte[] content(String name) {
        try (BlobReader reader = packs.blobs.open(name)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
            assertThat(reader.read(0, bytes)).isEqualTo(bytes.capacity());
            return bytes.array();
        }
    }
}
