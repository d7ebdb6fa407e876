package dev.holdfast.server.drill;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.drill.PartDrill;
import dev.holdfast.store.drill.RestoredFiles;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.scrub.Damage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Makes a drill of one snapshot, in the calling thread. */
public final class SnapshotDrill {
    /** What a restored file needs beside its bytes, roughly; and room for what WiredTiger writes when it opens. */
    private static final long RESERVE = 256L << 20;

    private final PackedSnapshotStore store;
    private final WiredTigerVerify wiredTiger;
    private final Path place;
    private final Consumer<String> progress;
    private final Consumer<Damage> damages;

    /**
     * Does no I/O.
     *
     * @param place below it the scratch folder is made
     * @param progress is told each step
     * @param damages is told damage of the store that was met
     */
    public SnapshotDrill(
            PackedSnapshotStore store,
            WiredTigerVerify wiredTiger,
            Path place,
            Consumer<String> progress,
            Consumer<Damage> damages) {
        this.store = store;
        this.wiredTiger = wiredTiger;
        this.place = place;
        this.progress = progress;
        this.damages = damages;
    }

    /** Restores every committed part, one after the other, and removes what it restored. Trouble is in the result. */
    public DrillResult run(Snapshot snapshot) {
        List<SnapshotPart> parts =
                snapshot.parts().stream().filter(SnapshotPart::isCommitted).toList();
        if (parts.isEmpty()) {
            return DrillResult.notDone("the snapshot has no committed part");
        }
        long largest = parts.stream().mapToLong(SnapshotPart::plainBytes).max().orElse(0);
        long files = 0;
        long bytes = 0;
        List<String> opinions = new ArrayList<>();
        try (Scratch scratch = Scratch.make(place)) {
            long free = scratch.free();
            if (free < largest + RESERVE) {
                return DrillResult.notDone(String.format(
                        Locale.ROOT,
                        "the disk of %s has %,d bytes free, the largest part needs %,d%nHINT: name a folder on another"
                                + " disk.",
                        place,
                        free,
                        largest + RESERVE));
            }
            for (SnapshotPart part : parts) {
                progress.accept("restoring part " + part.id());
                Path folder = scratch.part();
                RestoredFiles restored = new PartDrill(store, folder).run(snapshot.groupId(), part.id());
                files += restored.files();
                bytes += restored.bytes();
                if (!restored.isGood()) {
                    String what = "part " + part.id() + ": " + String.join("; ", restored.differences());
                    return new DrillResult(DrillState.FAILED, files, bytes, null, what);
                }
                progress.accept("verifying part " + part.id());
                WiredTigerVerify.Opinion opinion = opinion(part, folder);
                opinions.add((parts.size() == 1 ? "" : "part " + part.id() + ": ") + opinion.text());
                if (!opinion.good()) {
                    String all = String.join("; ", opinions);
                    return new DrillResult(DrillState.FAILED, files, bytes, all, opinion.text());
                }
            }
            return new DrillResult(DrillState.PASSED, files, bytes, String.join("; ", opinions), null);
        } catch (Corruption e) {
            damages.accept(new Damage(e.blob(), e.offset(), e.getMessage(), touched(snapshot, parts, e)));
            return new DrillResult(DrillState.FAILED, files, bytes, null, e.getMessage());
        } catch (NoSuchPart e) {
            return new DrillResult(DrillState.FAILED, files, bytes, null, e.getMessage());
        } catch (Unavailable e) {
            return DrillResult.notDone(e.getMessage());
        }
    }

    private WiredTigerVerify.Opinion opinion(SnapshotPart part, Path folder) {
        return part.encryptionEnabled()
                ? new WiredTigerVerify.Opinion(
                        true, "NOT CHECKED BY WIREDTIGER: mongod encrypted the files, and only it has the key")
                : wiredTiger.verify(folder);
    }

    /** The parts that need the damaged file. */
    private Set<Damage.Part> touched(Snapshot snapshot, List<SnapshotPart> parts, Corruption damage) {
        Set<Damage.Part> touched = new java.util.HashSet<>();
        for (SnapshotPart part : parts) {
            if (damage.getMessage().contains(part.id().hex()) || needs(snapshot, part, damage)) {
                touched.add(new Damage.Part(snapshot.groupId(), part.id()));
            }
        }
        return touched;
    }

    private boolean needs(Snapshot snapshot, SnapshotPart part, Corruption damage) {
        try {
            return store.blobs(snapshot.groupId(), part.id()).contains(damage.blob());
        } catch (Corruption e) {
            return e.blob().equals(damage.blob());
        } catch (NoSuchPart e) {
            return false;
        }
    }
}
