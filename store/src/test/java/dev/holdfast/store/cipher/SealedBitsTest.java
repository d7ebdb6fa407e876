package dev.holdfast.store.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bits of sealed files that are not what was written: each is found, and nothing wrong leaves before. */
class SealedBitsTest extends SealedCase {
    private final Random random = new Random(3);
    private byte[] right;

    @BeforeEach
    void fill() throws IOException {
        PackedSnapshotStore store = store(node());
        capture(store, PROJECT, PART, files());
        right = archive(store, PROJECT, PART);
    }

    @Test
    void flippedBitAnywhere_isFoundByVerify_andNoWrongByteLeaves() {
        for (String name : raw.list("").stream()
                .filter(name -> SealedKind.of(name) != null)
                .toList()) {
            int length = raw.content(name).length;
            for (int tries = 0; tries < 25; tries++) {
                // the first ones in the header, then anywhere
                int offset = tries < 5 ? tries * 9 : random.nextInt(length);
                raw.flip(name, offset);
                assertThat(new Scrub(node(), (file, done, total, bytes) -> {})
                                .run()
                                .damages())
                        .as("%s at %s", name, offset)
                        .isNotEmpty();
                requirePrefixOfRight();
                raw.flip(name, offset);
            }
        }
        assertThat(new Scrub(node(), (file, done, total, bytes) -> {}).run().damages())
                .isEmpty();
    }

    @Test
    void truncatedFile_isFound_alsoWhenItEndsWithAWholeFrame() {
        for (String name : raw.list("").stream()
                .filter(name -> SealedKind.of(name) != null)
                .toList()) {
            byte[] whole = raw.content(name);
            for (int less :
                    new int[] {1, 12, 16, 28, whole.length / 2, whole.length - SealedHeader.LENGTH, whole.length}) {
                replace(name, Arrays.copyOf(whole, whole.length - less));
                assertThat(new Scrub(node(), (file, done, total, bytes) -> {})
                                .run()
                                .damages())
                        .as("%s less %s", name, less)
                        .isNotEmpty();
                requirePrefixOfRight();
            }
            replace(name, whole);
        }
    }

    @Test
    void framesThatChangePlaces_areFound() {
        String pack = raw.list("packs/").get(0);
        byte[] bytes = raw.content(pack);
        // two segments of noise have one length: 28 more than a block stored in two pieces
        PackFrames frames;
        SealedBlobStore blobs = node();
        try (var reader = blobs.open(pack)) {
            byte[] plain = new byte[(int) reader.size()];
            reader.read(0, ByteBuffer.wrap(plain));
            int index = ByteBuffer.wrap(plain).getInt(plain.length - 20);
            frames = PackFrames.of(pack, Arrays.copyOfRange(plain, index, plain.length), plain.length - index);
        }
        int one = -1;
        for (int frame = 1; frame < frames.count() - 2 && one < 0; frame++) {
            one = frames.length(frame) == frames.length(frame + 1) ? frame : -1;
        }
        assertThat(one).isPositive();
        int from = (int) frames.sealedStart(one);
        int length = frames.length(one) + SegmentCipher.OVERHEAD;
        byte[] swapped = bytes.clone();
        System.arraycopy(bytes, from, swapped, from + length, length);
        System.arraycopy(bytes, from + length, swapped, from, length);
        replace(pack, swapped);
        assertThatThrownBy(() -> archive(store(node()), PROJECT, PART))
                .isInstanceOf(Corruption.class)
                .hasMessageContaining("the tag of frame " + one);
    }

    @Test
    void packUnderAnotherName_doesNotOpen() throws IOException {
        String pack = raw.list("packs/").get(0);
        String other =
                pack.substring(0, pack.length() - 6) + (pack.charAt(pack.length() - 6) == '0' ? "1" : "0") + ".pack";
        raw.put(other, raw.content(pack));
        assertThatThrownBy(() -> node().open(other)).isInstanceOf(Corruption.class);
    }

    @Test
    void segmentsOfAnExtent_areReadInAnyPieces() {
        SealedBlobStore blobs = node();
        String pack = raw.list("packs/").get(0);
        try (var reader = blobs.open(pack)) {
            byte[] whole = new byte[(int) reader.size()];
            assertThat(reader.read(0, ByteBuffer.wrap(whole))).isEqualTo(whole.length);
            assertThat(reader.read(whole.length, ByteBuffer.allocate(10))).isZero();
            for (int tries = 0; tries < 300; tries++) {
                int from = random.nextInt(whole.length);
                ByteBuffer piece = tries % 2 == 0
                        ? ByteBuffer.allocate(1 + random.nextInt(30_000))
                        : ByteBuffer.allocateDirect(1 + random.nextInt(30_000));
                int wanted = Math.min(piece.capacity(), whole.length - from);
                assertThat(reader.read(from, piece)).isEqualTo(wanted);
                byte[] got = new byte[wanted];
                piece.flip().get(got);
                assertThat(got).isEqualTo(Arrays.copyOfRange(whole, from, from + wanted));
            }
        }
    }

    private void requirePrefixOfRight() {
        byte[] got = new byte[right.length + 10];
        int count = 0;
        try {
            Archive archive = store(node()).open(PROJECT, PART).archive("12345678");
            try (ArchiveReader reader = archive.read(0, archive.length())) {
                ByteBuffer slab = ByteBuffer.allocateDirect(20_000);
                for (int n = reader.read(slab); n >= 0; n = reader.read(slab.clear())) {
                    slab.flip().get(got, count, n);
                    count += n;
                }
            }
        } catch (Corruption e) {
            // what came before it must be right
        }
        assertThat(Arrays.mismatch(got, 0, count, right, 0, Math.min(count, right.length)))
                .isEqualTo(-1);
    }

    private void replace(String name, byte[] bytes) {
        FaultyBlobStore store = raw;
        store.delete(name);
        store.put(name, bytes);
    }
}
