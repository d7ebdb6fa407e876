package dev.holdfast.store.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.format.UnknownFormat;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.TestCapture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScrubTest {
    private static final int BLOCK = 4096;
    private static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    private static final PartId PART = new PartId("600000000000000000000001");
    private static final PartId NEXT = new PartId("600000000000000000000002");

    private final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore());

    @BeforeEach
    void captureTwoParts() throws IOException {
        try (PackedSnapshotStore store =
                PackedSnapshotStore.create(blobs, StoreSettings.DEFAULT.withBlockSize(BLOCK), new Random(1))) {
            capture(store, PART, Map.of("a", noise(1, 9000), "b", noise(2, 300)));
            capture(store, NEXT, Map.of("c", noise(3, 5000)));
        }
    }

    @Test
    void intactStore_isClean_andCounted() {
        List<String> seen = new ArrayList<>();
        ScrubReport report = new Scrub(blobs, (name, done, total, bytes) -> seen.add(done + "/" + total)).run();
        assertThat(report.isClean()).isTrue();
        assertThat(report.packs()).isEqualTo(2);
        assertThat(report.blocks()).isEqualTo(3 + 1 + 2);
        assertThat(report.parts()).isEqualTo(2);
        assertThat(report.runs()).isEqualTo(2);
        assertThat(report.pages()).isPositive();
        assertThat(report.archiveBytes()).isGreaterThan(9000 + 300 + 5000);
        long all = blobs.list("").stream()
                .filter(name -> name.contains("/") && !name.startsWith("manifests/"))
                .mapToLong(name -> blobs.content(name).length)
                .sum();
        assertThat(report.bytes()).isEqualTo(all);
        assertThat(seen).hasSize((int) (report.packs() + report.runs() + report.pages() + report.parts()));
        assertThat(seen).last().isEqualTo(seen.size() + "/" + seen.size());
    }

    @Test
    void partThatIsKnownAndNotThere_isLost_unlessItWasForgottenMeanwhile() {
        Damage.Part lost = new Damage.Part(PROJECT, new PartId("600000000000000000000003"));
        Damage.Part there = new Damage.Part(PROJECT, PART);
        assertThat(LostParts.of(blobs, () -> List.of(there))).isEmpty();
        assertThat(LostParts.of(blobs, () -> List.of(there, lost)))
                .singleElement()
                .satisfies(damage -> {
                    assertThat(damage.parts()).containsExactly(lost);
                    assertThat(damage.what()).contains("is missing");
                });
        Iterator<List<Damage.Part>> answers =
                List.of(List.of(there, lost), List.of(there)).iterator();
        assertThat(LostParts.of(blobs, answers::next)).isEmpty();
        ScrubReport whole = new Scrub(blobs, (name, done, total, bytes) -> {}).run();
        assertThat(whole.and(LostParts.of(blobs, () -> List.of(lost))).isClean())
                .isFalse();
    }

    @Test
    void flippedByteAnywhereInAPack_isNamedByFileAndOffset_andByThePartThatNeedsIt() {
        String pack = packOf(noise(3, 5000));
        int size = blobs.content(pack).length;
        for (int at = 0; at < size; at += at < 80 || at > size - 150 ? 1 : 61) {
            blobs.flip(pack, at);
            List<Damage> damages = scrub();
            assertThat(damages).as("byte %s", at).isNotEmpty().allSatisfy(damage -> {
                assertThat(damage.blob()).isEqualTo(pack);
                assertThat(damage.parts()).containsExactly(new Damage.Part(PROJECT, NEXT));
                assertThat(damage.toString()).contains(pack).contains(NEXT.hex());
            });
            assertThat(damages.get(0).offset()).as("byte %s", at).isBetween(0L, (long) size);
            blobs.flip(pack, at);
        }
        assertThat(scrub()).isEmpty();
    }

    @Test
    void flippedByteOfASegment_isFoundAtThatSegment() {
        String pack = packOf(noise(3, 5000));
        blobs.flip(pack, 60 + 4096 + 100); // header, first segment (noise is stored), then into the second
        assertThat(scrub()).singleElement().satisfies(damage -> {
            assertThat(damage.offset()).isBetween(60L + 4096, 60L + 4096 + 64);
            assertThat(damage.what()).contains("segment 1");
        });
    }

    @Test
    void flippedByteInAnyOtherFile_isFound() {
        for (String name : blobs.list("")) {
            if (name.startsWith("packs/")) {
                continue;
            }
            int size = blobs.content(name).length;
            for (int at = 0; at < size; at += 1 + size / 60) {
                blobs.flip(name, at);
                assertFound(name, at);
                blobs.flip(name, at);
            }
        }
    }

    private void assertFound(String name, int at) {
        try {
            assertThat(scrub())
                    .as("byte %s of %s", at, name)
                    .isNotEmpty()
                    .allSatisfy(damage -> assertThat(damage.blob()).isEqualTo(name));
        } catch (UnknownFormat e) {
            assertThat(name).isEqualTo("store");
            assertThat(at).isLessThan(12); // magic and version: it may as well be something else
        }
    }

    @Test
    void truncatedAndMissingFiles_areFound() {
        for (String name : blobs.list("")) {
            byte[] whole = blobs.content(name);
            blobs.truncate(name, whole.length - 1);
            assertThat(scrub()).as("truncated %s", name).isNotEmpty();
            blobs.truncate(name, 0);
            assertThat(scrub()).as("emptied %s", name).isNotEmpty();
            blobs.delete(name);
            if (name.startsWith("packs/") || name.startsWith("pages/")) {
                assertThat(scrub()).as("deleted %s", name).isNotEmpty();
            }
            blobs.put(name, whole);
        }
        assertThat(scrub()).isEmpty();
    }

    @Test
    void fileThatCannotBeRead_isNamed_andTheOthersAreReadAllTheSame() {
        String bad = blobs.list("packs/").get(0);
        String flipped = blobs.list("packs/").get(1);
        blobs.flip(flipped, 100);
        blobs.failNext(FaultyBlobStore.Step.READ, bad, 1);
        assertThat(scrub()).extracting(Damage::blob).containsExactly(bad, flipped);
    }

    @Test
    void indexRunThatIsGone_isNoDamage() {
        blobs.list("index/").forEach(blobs::delete);
        assertThat(scrub()).isEmpty();
    }

    @Test
    void folderWithoutAStore_isNotCalledClean() {
        assertThatThrownBy(() -> new Scrub(new MemoryBlobStore(), (name, done, total, bytes) -> {}).run())
                .isInstanceOf(UnknownFormat.class);
    }

    @Test
    void partsThatComeAndGoMeanwhile_doNoHarm() {
        boolean[] once = {false};
        Scrub scrub = new Scrub(blobs, (name, done, total, bytes) -> {
            if (!once[0]) {
                once[0] = true;
                try (PackedSnapshotStore store =
                        PackedSnapshotStore.open(blobs, StoreSettings.DEFAULT, new Random(9))) {
                    store.forget(PROJECT, PART);
                    capture(store, new PartId("600000000000000000000003"), Map.of("d", noise(4, 9000)));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        ScrubReport report = scrub.run();
        assertThat(report.damages()).isEmpty();
        assertThat(report.parts()).isEqualTo(1);
    }

    private List<Damage> scrub() {
        return new Scrub(blobs, (name, done, total, bytes) -> {}).run().damages();
    }

    private String packOf(byte[] content) {
        return blobs.list("packs/").stream()
                .filter(name -> {
                    String pack = new String(blobs.content(name), java.nio.charset.StandardCharsets.ISO_8859_1);
                    String start = new String(content, 0, 50, java.nio.charset.StandardCharsets.ISO_8859_1);
                    return pack.contains(start);
                })
                .findFirst()
                .orElseThrow();
    }

    private static void capture(PackedSnapshotStore store, PartId part, Map<String, byte[]> files) throws IOException {
        try (PartUpload upload = store.begin(PROJECT, part)) {
            new TestCapture(BLOCK, files).into(upload);
        }
    }

    private static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
