package dev.holdfast.store.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.TestCapture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** A store in memory whose blobs have ages, and whose process may die. Files are blocks of noise, known by a number. */
final class SweepScene implements AutoCloseable {
    static final int BLOCK = 4096;
    static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    /** Copies whatever it can, however little it wins. */
    static final RepackRule EAGER = new RepackRule(1 << 20, 0.99, 1e-6, Long.MAX_VALUE);

    static final SweepMargins NONE = new SweepMargins(Duration.ZERO, Duration.ZERO);

    /** The process ends here; nothing behind it is run. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    static final class HandClock extends Clock {
        private volatile Instant now = Instant.parse("2016-02-21T23:51:41Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    final HandClock clock = new HandClock();
    final FaultyBlobStore blobs = new FaultyBlobStore(new MemoryBlobStore(clock));
    private final StoreSettings settings =
            StoreSettings.DEFAULT.withBlockSize(BLOCK).withPackBytes(64 << 10);
    private final Random random = new Random(7);
    PackedSnapshotStore store = PackedSnapshotStore.create(blobs, settings, random);

    static PartId part(int number) {
        return new PartId(String.format("60%022x", number));
    }

    /** A file with these blocks. */
    static byte[] file(List<Integer> blocks) {
        ByteBuffer bytes = ByteBuffer.allocate(blocks.size() * BLOCK);
        for (int block : blocks) {
            byte[] noise = new byte[BLOCK];
            new Random(block).nextBytes(noise);
            bytes.put(noise);
        }
        return bytes.array();
    }

    static TestCapture capture(List<Integer> blocks) {
        return new TestCapture(BLOCK, Map.of("file", file(blocks), "same", file(List.of(1000))));
    }

    void commit(int part, List<Integer> blocks) {
        try (PartUpload upload = store.begin(PROJECT, part(part))) {
            capture(blocks).into(upload);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void forget(int part) {
        store.forget(PROJECT, part(part));
    }

    Sweep sweep(SweepMargins margins) {
        return new Sweep(blobs, store, margins);
    }

    SweepReport sweepNow() {
        return sweepNow(RepackRule.NONE);
    }

    SweepReport sweepNow(RepackRule rule) {
        Sweep sweep = new Sweep(blobs, store, NONE, rule);
        return sweep.run(sweep.plan(clock.instant()));
    }

    /** The process died: what it had in memory is gone. Its files are not closed, for nobody was there to do that. */
    void restart() {
        blobs.stopAt(Long.MAX_VALUE / 2, () -> {});
        store = PackedSnapshotStore.open(blobs, settings, random);
    }

    List<Damage> damages() {
        return new Scrub(blobs, (name, done, total, bytes) -> {}).run().damages();
    }

    /** Each part has exactly the blocks that it had, and verify finds nothing. */
    void assertWhole(Map<Integer, List<Integer>> parts) {
        assertThat(damages()).isEmpty();
        parts.forEach((number, blocks) -> {
            Map<String, byte[]> files = unpack(part(number));
            assertThat(files.get("file")).as("part %d", number).isEqualTo(file(blocks));
            assertThat(files.get("same")).isEqualTo(file(List.of(1000)));
        });
    }

    private Map<String, byte[]> unpack(PartId part) {
        Archive archive = store.open(PROJECT, part).archive("12345678");
        ByteBuffer whole = ByteBuffer.allocate((int) archive.length());
        try (ArchiveReader reader = archive.read(0, archive.length())) {
            while (whole.hasRemaining() && reader.read(whole) > 0) {}
        }
        Map<String, byte[]> files = new TreeMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(new ByteArrayInputStream(whole.array())))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    files.put(entry.getName().substring("12345678/".length()), tar.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return files;
    }

    @Override
    public void close() {
        store.close();
    }
}
