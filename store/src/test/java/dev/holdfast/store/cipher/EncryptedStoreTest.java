package dev.holdfast.store.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.copy.OtherStore;
import dev.holdfast.store.copy.StoreCopy;
import dev.holdfast.store.format.UnknownFormat;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.scrub.ScrubReport;
import dev.holdfast.store.sweep.RepackRule;
import dev.holdfast.store.sweep.Sweep;
import dev.holdfast.store.sweep.SweepMargins;
import dev.holdfast.store.testing.FaultyBlobStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncryptedStoreTest extends SealedCase {
    @Test
    void archives_areThoseOfAPlainStore_wholeAndInRanges() throws IOException {
        PackedSnapshotStore sealed = store(node());
        PackedSnapshotStore plain = store(new MemoryBlobStore());
        capture(sealed, PROJECT, PART, files());
        capture(plain, PROJECT, PART, files());

        byte[] wanted = archive(plain, PROJECT, PART);
        assertThat(archive(sealed, PROJECT, PART)).isEqualTo(wanted);
        var archive = store(node()).open(PROJECT, PART).archive("12345678");
        for (int from : List.of(0, 1, 700, 9_999, 200_001, wanted.length - 9)) {
            int to = Math.min(wanted.length, from + 70_001);
            assertThat(read(archive, from, to)).isEqualTo(java.util.Arrays.copyOfRange(wanted, from, to));
        }
        // page names, ids and tags are of the plain bytes
        assertThat(archive.entityTag())
                .isNotEmpty()
                .isEqualTo(plain.open(PROJECT, PART).archive("12345678").entityTag());
    }

    @Test
    void everyFile_isThatOfAPlainStore_onceItIsOpened() throws IOException {
        SealedBlobStore blobs = node();
        MemoryBlobStore plain = new MemoryBlobStore();
        capture(store(blobs), PROJECT, PART, files());
        capture(store(plain), PROJECT, PART, files());
        assertThat(blobs.list("packs/")).isEqualTo(plain.list("packs/")).isNotEmpty();
        assertThat(blobs.list("index/")).isEqualTo(plain.list("index/")).isNotEmpty();
        assertThat(blobs.list("pages/"))
                .hasSameSizeAs(plain.list("pages/"))
                .allMatch(name -> name.matches("pages/[0-9a-f]{24}/[0-9a-f]{2}/[0-9a-f]{64}\\.page"));
        for (String name : blobs.list("")) {
            try (var reader = blobs.open(name)) {
                var bytes = java.nio.ByteBuffer.allocate((int) reader.size());
                assertThat(reader.read(0, bytes)).isEqualTo(bytes.capacity());
                // version 1 inside, whatever it is
                if (!name.equals("store")) {
                    assertThat(bytes.getInt(8)).as(name).isOne();
                }
            }
        }
    }

    @Test
    void nothingOfTheContent_isOnTheDisk() throws IOException {
        PackedSnapshotStore store = store(node());
        capture(store, PROJECT, PART, files());
        store.close();
        SealedBlobStore blobs = node();
        byte[] page = blobs.list("pages/").get(0).replaceAll(".*/|\\.page", "").getBytes(StandardCharsets.US_ASCII);
        for (String name : raw.list("")) {
            byte[] bytes = raw.content(name);
            assertThat(name).doesNotContain(new String(page, StandardCharsets.US_ASCII));
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(text).as(name).doesNotContain("secretname").doesNotContain("WiredTiger");
        }
        assertThat(raw.list("pages/"))
                .hasSameSizeAs(blobs.list("pages/"))
                .allMatch(name -> name.matches("pages/[0-9a-f]{24}/[0-9a-f]{2}/[0-9a-f]{96}\\.page"));
        // block ids
        String block = HexFormat.of()
                .formatHex(sha256("WiredTiger\nversion\n".repeat(4000).substring(0, BLOCK)));
        for (String name : raw.list("")) {
            assertThat(HexFormat.of().formatHex(raw.content(name))).doesNotContain(block);
        }
    }

    @Test
    void verifyAndSweep_workAsEver() throws IOException {
        SealedBlobStore blobs = node();
        PackedSnapshotStore store = store(blobs);
        capture(store, PROJECT, PART, files());
        capture(store, OTHER, NEXT, files());
        ScrubReport clean = new Scrub(node(), (name, done, total, bytes) -> {}).run();
        assertThat(clean.damages()).isEmpty();
        assertThat(clean.parts()).isEqualTo(2);

        store.forget(PROJECT, PART);
        Sweep sweep = new Sweep(blobs, store, SweepMargins.SAFE);
        var later = clock.instant().plus(Duration.ofDays(30));
        assertThat(sweep.run(sweep.plan(later)).pages()).isPositive();
        assertThat(raw.list("pages/" + PROJECT)).isEmpty();
        assertThat(archive(store, OTHER, NEXT)).isNotEmpty();
    }

    @Test
    void copy_ofAnEncryptedStore_isEncryptedWithKeysOfItsOwn_andNeverPlain() throws IOException {
        capture(store(node()), PROJECT, PART, files());
        byte[] wanted = archive(store(node()), PROJECT, PART);
        FaultyBlobStore there = new FaultyBlobStore(new MemoryBlobStore(clock));
        SealedBlobStore replica =
                new SealedBlobStore(there, masters, LIFETIME, clock, new java.security.SecureRandom());
        SealedBlobStore mine = node();
        var report = new StoreCopy(mine, replica, (part, parts, bytes) -> {}).run(StoreCopy.parts(mine));
        assertThat(report.failed()).isEmpty();
        assertThat(report.parts()).isEqualTo(1);
        assertThat(archive(store(replica), PROJECT, PART)).isEqualTo(wanted);
        assertThat(there.content("packs" + raw.list("packs/").get(0).substring(5)))
                .isNotEqualTo(raw.content(raw.list("packs/").get(0)));

        MemoryBlobStore plain = new MemoryBlobStore();
        assertThatThrownBy(() -> new StoreCopy(mine, plain, (part, parts, bytes) -> {}).run(StoreCopy.parts(mine)))
                .isInstanceOf(OtherStore.class)
                .hasMessageContaining("HINT:");
        assertThat(plain.list("")).as("refused before anything is written").isEmpty();
    }

    @Test
    void aKindThatIsNotKnown_isNotWrittenPlain() {
        SealedBlobStore blobs = node();
        store(blobs);
        assertThatThrownBy(() -> blobs.put("news/5f0000000000000000000001/x", new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(raw.list("")).containsExactly("store");
    }

    @Test
    void whatIsRepacked_isReadAsBefore_andItsRecordIsSealed() throws IOException {
        SealedBlobStore blobs = node();
        PackedSnapshotStore store = store(blobs);
        capture(store, PROJECT, PART, files());
        var one = files().entrySet().iterator().next();
        capture(store, PROJECT, NEXT, java.util.Map.of(one.getKey(), one.getValue()));
        byte[] wanted = archive(store, PROJECT, NEXT);
        store.forget(PROJECT, PART);
        RepackRule eager = new RepackRule(1 << 20, 0.99, 1e-6, Long.MAX_VALUE);
        Sweep sweep = new Sweep(blobs, store, SweepMargins.SAFE, eager);
        var later = clock.instant().plus(Duration.ofDays(30));
        assertThat(sweep.run(sweep.plan(later)).repacked()).isPositive();
        assertThat(archive(store(node()), PROJECT, NEXT)).isEqualTo(wanted);
        String record = raw.list("forwards/").get(0);
        // format version of a sealed file
        assertThat(raw.content(record)[11]).isEqualTo((byte) 2);
    }

    @Test
    void anotherCapture_findsWhatIsThere() throws IOException {
        capture(store(node()), PROJECT, PART, files());
        int packs = raw.list("packs/").size();
        int pages = raw.list("pages/").size();
        capture(store(node()), PROJECT, NEXT, files());
        assertThat(raw.list("packs/")).hasSize(packs);
        assertThat(raw.list("pages/")).hasSize(pages);
    }

    @Test
    void twoProjects_shareNoKeyAndNoName() throws IOException {
        PackedSnapshotStore store = store(node());
        capture(store, PROJECT, PART, files());
        capture(store, OTHER, PART, files());
        assertThat(raw.list("pages/" + PROJECT).get(0).substring(31))
                .isNotEqualTo(raw.list("pages/" + OTHER).get(0).substring(31));
        String mine = raw.list("manifests/" + PROJECT).get(0);
        String theirs = raw.list("manifests/" + OTHER).get(0);
        byte[] foreign = raw.content(theirs);
        raw.delete(mine);
        raw.put(mine, foreign);
        assertThatThrownBy(() -> store(node()).open(PROJECT, PART)).isInstanceOf(Corruption.class);
    }

    @Test
    void encryptionAndStore_mustAgree() {
        store(raw).close();
        assertThatThrownBy(() -> store(node()))
                .isInstanceOf(UnknownFormat.class)
                .hasMessageContaining("the store is not encrypted");
    }

    @Test
    void aPlainFileInAnEncryptedStore_isDamage() throws IOException {
        FaultyBlobStore plain = new FaultyBlobStore(new MemoryBlobStore());
        capture(store(plain), PROJECT, PART, files());
        capture(store(node()), PROJECT, PART, files());
        String name = "manifests/" + PROJECT + "/" + PART + ".manifest";
        raw.delete(name);
        raw.put(name, plain.content(name));
        assertThatThrownBy(() -> store(node()).open(PROJECT, PART)).isInstanceOf(Corruption.class);
    }

    @Test
    void projectWhoseRingIsGone_isNotGivenAnother() throws IOException {
        capture(store(node()), PROJECT, PART, files());
        raw.list("keys/" + PROJECT).forEach(raw::delete);
        PackedSnapshotStore store = store(node());
        assertThatThrownBy(() -> store.open(PROJECT, PART)).isInstanceOf(Corruption.class);
        assertThatThrownBy(() -> capture(store, PROJECT, NEXT, files())).isInstanceOf(Corruption.class);
        assertThat(raw.list("keys/" + PROJECT)).isEmpty();
    }

    private static byte[] sha256(String text) {
        return dev.holdfast.store.format.Checksums.sha256().digest(text.getBytes(StandardCharsets.US_ASCII));
    }
}
