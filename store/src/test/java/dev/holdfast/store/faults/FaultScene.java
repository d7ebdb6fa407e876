package dev.holdfast.store.faults;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.Scrub;
import dev.holdfast.store.sweep.RepackRule;
import dev.holdfast.store.sweep.Sweep;
import dev.holdfast.store.sweep.SweepMargins;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.TestCapture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A store with some history: two projects, parts that share blocks, one part forgotten. What each complete part's archive
 * was is remembered, byte for byte, so that nobody has to believe the store about its own state.
 */
final class FaultScene implements AutoCloseable {
    static final int BLOCK = 4096;
    static final SweepMargins NONE = new SweepMargins(Duration.ZERO, Duration.ZERO);
    /** Repacks whatever a sweep can get something out of. */
    static final RepackRule EAGER = new RepackRule(1 << 20, 0.99, 1e-6, Long.MAX_VALUE);

    static final StoreSettings SETTINGS =
            StoreSettings.DEFAULT.withBlockSize(BLOCK).withPackBytes(64 << 10);
    static final List<GroupId> PROJECTS =
            List.of(new GroupId("5f0000000000000000000001"), new GroupId("5f0000000000000000000002"));

    /** The process died; nothing behind it is run. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    final Random random;
    final HandClock clock = new HandClock();
    final FaultyBlobStore blobs;
    private final Map<Damage.Part, byte[]> whole = new HashMap<>();
    private final TreeMap<String, byte[]> tree = new TreeMap<>();
    private int parts;
    PackedSnapshotStore store;

    FaultScene(Random random) {
        this.random = random;
        this.blobs = new FaultyBlobStore(new MemoryBlobStore(clock));
        this.store = PackedSnapshotStore.create(blobs, SETTINGS, new Random(random.nextLong()));
        grow();
        for (GroupId project : PROJECTS) {
            capture(project);
            churn();
            Damage.Part forgotten = capture(project);
            churn();
            capture(project);
            forget(forgotten);
        }
    }

    /** Files of the data directory as it is now: noise, text, zeros, an empty one. */
    private void grow() {
        for (int i = 0; i < 3; i++) {
            byte[] bytes = new byte[1 + random.nextInt(16 * BLOCK)];
            random.nextBytes(bytes);
            tree.put("collection-" + i + ".wt", bytes);
        }
        tree.put(
                "journal/WiredTigerLog",
                ("oplog " + random.nextInt()).repeat(900).getBytes(StandardCharsets.UTF_8));
        tree.put("mongod.lock", new byte[0]);
        tree.put("sparse.wt", new byte[5 * BLOCK + 17]);
    }

    /** Some bytes of each file change. */
    void churn() {
        for (byte[] bytes : tree.values()) {
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
        }
    }

    Damage.Part next(GroupId project) {
        parts++;
        return new Damage.Part(project, new PartId(String.format("60%022x", parts)));
    }

    GroupId anyProject() {
        return PROJECTS.get(random.nextInt(PROJECTS.size()));
    }

    TestCapture files() {
        Map<String, byte[]> copy = new TreeMap<>();
        tree.forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return new TestCapture(BLOCK, copy);
    }

    /** Captures the directory, and remembers the archive. */
    Damage.Part capture(GroupId project) {
        Damage.Part part = next(project);
        try (PartUpload upload = store.begin(project, part.id())) {
            files().into(upload);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        remember(part);
        return part;
    }

    /** The part is complete from now on. */
    void remember(Damage.Part part) {
        whole.put(part, read(store, part));
    }

    /** The part may be there or not: its caller never heard the answer. If it is, it counts from now on. */
    void rememberIfThere(Damage.Part part) {
        if (store.parts(part.project()).contains(part.id())) {
            remember(part);
        }
    }

    void forget(Damage.Part part) {
        store.forget(part.project(), part.id());
        whole.remove(part);
    }

    Set<Damage.Part> complete() {
        return Set.copyOf(whole.keySet());
    }

    void sweep() {
        Sweep sweep = new Sweep(blobs, store, NONE, EAGER);
        sweep.run(sweep.plan(clock.instant()));
    }

    /** A new process opens what is there. What the old one had in memory is gone, and it closed nothing. */
    void restart() {
        blobs.forgetFaults();
        blobs.stopAt(Long.MAX_VALUE / 2, () -> {});
        store = reopened(blobs);
    }

    PackedSnapshotStore reopened(BlobStore from) {
        return PackedSnapshotStore.open(from, SETTINGS, new Random(random.nextLong()));
    }

    static byte[] read(PackedSnapshotStore store, Damage.Part part) {
        Archive archive = store.open(part.project(), part.id()).archive("12345678");
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(archive.length()));
        try (ArchiveReader reader = archive.read(0, archive.length())) {
            while (bytes.hasRemaining() && reader.read(bytes) > 0) {}
        }
        return bytes.array();
    }

    List<Damage> verify() {
        return new Scrub(blobs, (name, done, total, bytes) -> {}).run().damages();
    }

    /** What one look at the store finds. */
    record Look(List<Damage> damages, Set<Damage.Part> wrong, Set<Damage.Part> unreadable) {
        /** Whether verify names a part among those that need something damaged. */
        boolean names(Damage.Part part) {
            return damages.stream().anyMatch(damage -> damage.parts().contains(part));
        }
    }

    /** Verifies, then reads every complete part with a new process and compares it with what it was. */
    Look look() {
        restart();
        List<Damage> damages = verify();
        Set<Damage.Part> wrong = new HashSet<>();
        Set<Damage.Part> unreadable = new HashSet<>();
        for (Map.Entry<Damage.Part, byte[]> part : whole.entrySet()) {
            try {
                if (!Arrays.equals(read(store, part.getKey()), part.getValue())) {
                    wrong.add(part.getKey());
                }
            } catch (Corruption | Unavailable | NoSuchPart e) {
                unreadable.add(part.getKey());
            }
        }
        return new Look(damages, wrong, unreadable);
    }

    /** Every blob of a kind. */
    List<String> named(String prefix) {
        return blobs.list(prefix);
    }

    String any(String prefix) {
        List<String> names = named(prefix);
        return names.get(random.nextInt(names.size()));
    }

    @Override
    public void close() {
        store.close();
    }
}
