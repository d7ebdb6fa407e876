package dev.holdfast.store.copy;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.manifest.NeededFiles;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.FileCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Copies parts into a replica. The order, and what a crash leaves, is told in the
 * {@linkplain dev.holdfast.store.copy package story}. One instance runs once; for one thread.
 */
public final class StoreCopy {
    private final BlobStore from;
    private final BlobStore to;
    private final CopyProgress progress;
    private final BlobTransfer transfer = new BlobTransfer();
    private final Map<GroupId, Set<String>> relied = new HashMap<>();
    private final Set<String> settled = new HashSet<>();
    private StoreDescriptor store;
    private FileCheck check;
    private int made;
    private int there;
    private long files;
    private long filesThere;
    private long bytes;

    /** Is told how far a copy has come, after each file. */
    @FunctionalInterface
    public interface CopyProgress {
        /** {@code part} of {@code parts} is being copied, {@code bytes} were written so far. */
        void moved(int part, int parts, long bytes);
    }

    /** A copy out of {@code from}, which is only read, into {@code to}. */
    public StoreCopy(BlobStore from, BlobStore to, CopyProgress progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /** Every part of the store in {@code blobs}, by project and id. */
    public static List<Damage.Part> parts(BlobStore blobs) {
        List<Damage.Part> all = new ArrayList<>();
        for (GroupId project : Manifests.projects(blobs)) {
            for (PartId part : Manifests.list(blobs, project)) {
                all.add(new Damage.Part(project, part));
            }
        }
        return all;
    }

    /**
     * Copies {@code parts}; one that cannot be copied does not keep the others from it. May be run again after it was
     * broken off, at any point.
     *
     * @throws OtherStore if {@code to} has another store, or cannot be one
     * @throws dev.holdfast.store.format.UnknownFormat if there is no store in {@code from}
     * @throws Corruption if a descriptor is damaged
     * @throws dev.holdfast.contract.trouble.Unavailable if either store cannot be read or written now
     */
    public CopyReport run(Collection<Damage.Part> parts) {
        store = Replica.open(from, to);
        check = new FileCheck(store);
        List<String> failed = new ArrayList<>();
        int count = 0;
        for (Damage.Part part : parts) {
            int current = ++count;
            try {
                copy(part, () -> progress.moved(current, parts.size(), bytes));
            } catch (NoSuchPart e) {
                failed.add(part + ": it is not in the store");
            } catch (Corruption e) {
                failed.add(part + ": " + e.getMessage());
            }
        }
        return new CopyReport(made, there, files, filesThere, bytes, failed);
    }

    private void copy(Damage.Part part, Runnable tell) {
        String root = Manifests.rootName(part.project(), part.id());
        if (Manifests.list(to, part.project()).contains(part.id())) {
            requireEqual(root);
            there++;
            tell.run();
            return;
        }
        Set<String> pages = new HashSet<>();
        // packs before the records that lead to them
        Set<String> needed = new TreeSet<>(Comparator.reverseOrder());
        new NeededFiles(from, store, part.project()).of(part.id(), pages, needed);
        for (String file : needed) {
            settle(part, file);
            tell.run();
        }
        for (String page : pages) {
            settle(part, page);
            tell.run();
        }
        write(root);
        made++;
        tell.run();
    }

    /** Sees to it that a file is there and good. */
    private void settle(Damage.Part part, String name) {
        if (!settled.contains(name)) {
            if (isThere(part, name)) {
                filesThere++;
            } else {
                check.require(from, name);
                write(name);
            }
            settled.add(name);
        }
    }

    /** Whether a good file of that name is there. One that nothing over there refers to may be what a crash left. */
    private boolean isThere(Damage.Part part, String name) {
        try (var mine = from.open(name);
                var other = to.open(name)) {
            boolean whole = mine.size() == other.size();
            if (whole && relied(part.project()).contains(name)) {
                return true;
            }
            if (whole && check.damage(to, name).isEmpty()) {
                return true;
            }
        } catch (NoSuchBlob e) {
            from.open(name).close(); // that it is missing here would be another matter
            return false;
        }
        if (relied(part.project()).contains(name)) {
            throw new Corruption(
                    name,
                    0,
                    "it is damaged in " + to + ", where other parts need it"
                            + "\nHINT: holdfast repair --from mends the copy from this store");
        }
        var unused = to.delete(name);
        return false;
    }

    private void write(String name) {
        try {
            bytes += transfer.copy(from, name, to, to.create(name));
            files++;
        } catch (BlobExists e) {
            requireEqual(name); // another copy at the same moment
        } catch (NoSuchBlob e) {
            throw new Corruption(name, 0, "it is missing");
        }
    }

    private void requireEqual(String name) {
        if (!Arrays.equals(transfer.sha256(from, name), transfer.sha256(to, name))) {
            throw new Corruption(
                    name,
                    0,
                    "it has other bytes in " + to + ": one of the two is damaged\nHINT: holdfast verify tells which");
        }
    }

    /** Pages, packs and forwarding records that roots over there need; those were read back before their root was written. */
    private Set<String> relied(GroupId project) {
        return relied.computeIfAbsent(project, id -> {
            Set<String> names = new HashSet<>();
            NeededFiles needed = new NeededFiles(to, store, project);
            for (PartId part : Manifests.list(to, project)) {
                try {
                    needed.of(part, names, names);
                } catch (Corruption | NoSuchPart e) {
                    // then nothing that only it refers to is relied upon, and every file is read
                }
            }
            return names;
        });
    }
}
