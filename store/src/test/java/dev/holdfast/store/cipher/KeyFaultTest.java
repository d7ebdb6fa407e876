package dev.holdfast.store.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.testing.TestCapture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What keys and their keeper can do to a store. */
class KeyFaultTest extends SealedCase {
    @Test
    void runningRestore_finishesWithoutTheKeyServer_newOnesAreRefusedAndWorkLater() throws IOException {
        capture(store(node()), PROJECT, PART, files());
        PackedSnapshotStore store = store(node());
        Archive archive = store.open(PROJECT, PART).archive("12345678");
        ByteBuffer got = ByteBuffer.allocate((int) archive.length());
        try (ArchiveReader reader = archive.read(0, archive.length())) {
            reader.read(got.limit(1000));
            masters.down = true;
            clock.pass(LIFETIME.plusSeconds(1));
            got.limit(got.capacity());
            while (got.hasRemaining() && reader.read(got) > 0) {}
        }
        assertThatThrownBy(() -> store.open(PROJECT, PART))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("key server in memory is down");
        // no packs, no links and no parts were given up for it
        masters.down = false;
        clock.pass(Duration.ofSeconds(2));
        assertThat(archive(store, PROJECT, PART)).isEqualTo(got.array());
    }

    @Test
    void runningCapture_finishesWithoutTheKeyServer() throws IOException {
        PackedSnapshotStore store = store(node());
        try (PartUpload upload = store.begin(PROJECT, PART)) {
            TestCapture capture = new TestCapture(BLOCK, files());
            capture.putMissing(upload);
            masters.down = true;
            clock.pass(LIFETIME.multipliedBy(3));
            capture.commit(upload);
        }
        masters.down = false;
        assertThat(archive(store(node()), PROJECT, PART)).isNotEmpty();
    }

    @Test
    void freshKeys_areNotAskedForAgain_andAFailureIsNotRepeatedByAllWhoWait() throws IOException {
        capture(store(node()), PROJECT, PART, files());
        PackedSnapshotStore store = store(node());
        store.open(PROJECT, PART);
        int asked = masters.asked.get();
        store.open(PROJECT, PART);
        assertThat(masters.asked).hasValue(asked);
        clock.pass(LIFETIME.plusSeconds(1));
        masters.down = true;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> store.open(PROJECT, PART)).isInstanceOf(Unavailable.class);
        }
        assertThat(masters.asked).hasValue(asked + 1);
    }

    @Test
    void keyServerThatIsGoneFromTheStart_refusesReadsAndWrites_andLeavesNothingBehind() throws IOException {
        PackedSnapshotStore store = store(node());
        masters.down = true;
        assertThatThrownBy(() -> capture(store, PROJECT, PART, files())).isInstanceOf(Unavailable.class);
        assertThat(raw.list("")).containsExactly("store");
        masters.down = false;
        clock.pass(Duration.ofSeconds(2));
        capture(store, PROJECT, PART, files());
        assertThat(archive(store(node()), PROJECT, PART)).isNotEmpty();
    }

    @Test
    void otherKeyServerWithAKeyOfTheSameId_isNoDamage() throws IOException {
        capture(store(node()), PROJECT, PART, files());
        byte[] right = masters.keys.put("memory:1", new byte[32]);
        assertThatThrownBy(() -> store(node()).open(PROJECT, PART))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("wrapped with another key than the memory:1")
                .hasMessageContaining("HINT:");
        masters.keys.put("memory:1", right);
        assertThat(archive(store(node()), PROJECT, PART)).isNotEmpty();
    }

    @Test
    void rotation_wrapsAnew_andTouchesNoOtherFile() throws IOException {
        SealedBlobStore blobs = node();
        PackedSnapshotStore store = store(blobs);
        capture(store, PROJECT, PART, files());
        byte[] before = archive(store, PROJECT, PART);
        List<String> names = names();
        List<byte[]> bytes = new ArrayList<>(names.stream().map(raw::content).toList());

        Rotation done = blobs.keys().rotate(false);
        assertThat(done).isEqualTo(new Rotation("memory:1", "memory:2", false, 1));
        assertThat(names()).isEqualTo(names);
        assertThat(names.stream().map(raw::content).toList())
                .usingRecursiveComparison()
                .isEqualTo(bytes);
        assertThat(raw.list("keys/"))
                .containsExactly("keys/" + PROJECT + "/00000002.keys", "keys/master/00000002.master");

        // the old master key may go now
        masters.keys.remove("memory:1");
        assertThat(archive(store(node()), PROJECT, PART)).isEqualTo(before);
        assertThat(archive(store, PROJECT, PART)).isEqualTo(before);
    }

    @Test
    void oldDataKeys_stayReadable_andNodesThatDoNotKnowTheNewOneLearnIt() throws IOException {
        SealedBlobStore first = node();
        PackedSnapshotStore store = store(first);
        capture(store, PROJECT, PART, files());
        PackedSnapshotStore other = store(node());
        byte[] old = archive(other, PROJECT, PART);

        first.keys().rotate(true);
        var changed = files();
        changed.put(
                "collection-secretname.wt", "new".repeat(9000).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        capture(store, PROJECT, NEXT, changed);
        // the second node has the ring from before in memory
        byte[] young = archive(other, PROJECT, NEXT);
        assertThat(young).isEqualTo(archive(store(node()), PROJECT, NEXT)).isNotEqualTo(old);
        assertThat(archive(store(node()), PROJECT, PART)).isEqualTo(old);
        assertThat(first.keys().status().projects().get(0).dataKeys()).isEqualTo(2);
        assertThat(first.list("pages/")).isNotEmpty().allMatch(name -> name.matches(".*/[0-9a-f]{64}\\.page"));
    }

    @Test
    void twoNodesThatRotateAtOnce_leaveOneRingThatBothCanRead() throws Exception {
        SealedBlobStore setUp = node();
        PackedSnapshotStore store = store(setUp);
        capture(store, PROJECT, PART, files());
        capture(store, OTHER, PART, files());
        byte[] before = archive(store, PROJECT, PART);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                List<Future<Rotation>> nodes = new ArrayList<>();
                for (int node = 0; node < 4; node++) {
                    nodes.add(threads.submit(() -> node().keys().rotate(false)));
                }
                for (Future<Rotation> node : nodes) {
                    node.get();
                }
                assertThat(archive(store(node()), PROJECT, PART)).isEqualTo(before);
                assertThat(archive(store(node()), OTHER, PART)).isNotEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
        // whatever the race left half done, one more finishes
        node().keys().rotate(false);
        assertThat(node().keys().status().isMixed()).isFalse();
        assertThat(raw.list("keys/" + PROJECT)).hasSize(1);
    }

    @Test
    void rotationThatIsKilledAnywhere_leavesEveryPartReadable_andCanBeFinished() throws IOException {
        capture(store(node()), PROJECT, PART, files());
        capture(store(node()), OTHER, PART, files());
        byte[] before = archive(store(node()), PROJECT, PART);
        boolean whole = false;
        for (int step = 1; !whole; step++) {
            raw.stopAt(raw.steps() + step, () -> {
                throw new Killed();
            });
            try {
                node().keys().rotate(step % 2 == 0);
                whole = true;
            } catch (Killed e) {
                // the disk is as the killed process left it
            }
            raw.stopAt(Long.MAX_VALUE, () -> {});
            assertThat(archive(store(node()), PROJECT, PART)).isEqualTo(before);
            assertThat(archive(store(node()), OTHER, PART)).isEqualTo(before);
            assertThat(step).isLessThan(200);
        }
        assertThat(node().keys().status().isMixed()).isFalse();
    }

    @Test
    void captureThatIsKilledAnywhere_leavesAStoreThatGoesOn() throws IOException {
        capture(store(node()), OTHER, PART, files());
        byte[] other = archive(store(node()), OTHER, PART);
        boolean whole = false;
        for (int step = 1; !whole; step++) {
            raw.stopAt(raw.steps() + step, () -> {
                throw new Killed();
            });
            try {
                PackedSnapshotStore store = PackedSnapshotStore.open(node(), SETTINGS, new java.util.Random(step));
                capture(store, PROJECT, PART, files());
                whole = true;
            } catch (Killed e) {
                // the next one meets what is left
            }
            raw.stopAt(Long.MAX_VALUE, () -> {});
            assertThat(archive(store(node()), OTHER, PART)).isEqualTo(other);
            assertThat(step).isLessThan(2000);
        }
        assertThat(archive(store(node()), PROJECT, PART)).hasSameSizeAs(other);
        assertThat(new dev.holdfast.store.scrub.Scrub(node(), (name, done, total, bytes) -> {})
                        .run()
                        .damages())
                .isEmpty();
    }

    @Test
    void twoNodesThatBeginAProjectAtOnce_useTheSameKeys() throws Exception {
        store(node()).close();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> one = threads.submit(() -> {
                capture(store(node()), PROJECT, PART, files());
                return null;
            });
            Future<?> two = threads.submit(() -> {
                capture(PackedSnapshotStore.open(node(), SETTINGS, new java.util.Random(8)), PROJECT, NEXT, files());
                return null;
            });
            one.get();
            two.get();
        } finally {
            threads.shutdownNow();
        }
        assertThat(raw.list("keys/" + PROJECT)).hasSize(1);
        assertThat(archive(store(node()), PROJECT, PART)).isEqualTo(archive(store(node()), PROJECT, NEXT));
    }

    @Test
    void flippedBitInARing_isDamage_namedAsSuch() throws IOException {
        capture(store(node()), PROJECT, PART, files());
        String ring = raw.list("keys/" + PROJECT).get(0);
        int length = raw.content(ring).length;
        for (int offset = 0; offset < length; offset += 7) {
            raw.flip(ring, offset);
            assertThatThrownBy(() -> store(node()).open(PROJECT, PART))
                    .as("offset %s", offset)
                    .isInstanceOf(Corruption.class)
                    .hasMessageContaining(ring);
            raw.flip(ring, offset);
        }
        assertThat(archive(store(node()), PROJECT, PART)).isNotEmpty();
    }

    private List<String> names() {
        return raw.list("").stream().filter(name -> !name.startsWith("keys/")).toList();
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
