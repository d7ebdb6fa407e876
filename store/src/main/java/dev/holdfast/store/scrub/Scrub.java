package dev.holdfast.store.scrub;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.index.RunCheck;
import dev.holdfast.store.index.RunNames;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.pack.StoredPacks;
import dev.holdfast.store.packed.DescriptorFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a store: descriptor, packs, indices, manifest pages, and each part's archive. One instance runs once. */
public final class Scrub {
    /** Damages that a report lists; a disk that is going to pieces would fill the heap otherwise. */
    public static final int MOST_DAMAGES = 10_000;

    private static final int OPEN_FILES = 16;
    private static final int INDEX_BYTES = 16 << 20;

    private final BlobStore blobs;
    private final ScrubProgress progress;
    private final Findings findings = new Findings();
    private int done;
    private int total;
    private long packs;
    private long blocks;
    private long runs;
    private long pages;
    private long parts;
    private long bytes;
    private long archiveBytes;

    /** A scrub of the store in {@code blobs}. */
    public Scrub(BlobStore blobs, ScrubProgress progress) {
        this.blobs = blobs;
        this.progress = progress;
    }

    /**
     * Reads everything.
     *
     * @throws dev.holdfast.store.format.UnknownFormat if there is no store of ours, or a newer one
     * @throws Unavailable if the descriptor cannot be read or files cannot be listed now; any other file that cannot be
     *     read counts as damaged, so that a bad sector does not hide what else is wrong
     */
    public ScrubReport run() {
        StoreDescriptor store;
        try {
            store = DescriptorFile.read(blobs);
        } catch (Corruption e) {
            findings.add(e);
            return report();
        }
        // parts first: whatever they refer to was there before them
        List<Damage.Part> committed = committed(blobs);
        List<String> packNames = blobs.list(PackNames.PREFIX);
        List<String> runNames = blobs.list(RunNames.PREFIX);
        List<String> pageNames = blobs.list(PageScrub.PREFIX);
        List<String> forwardNames = blobs.list(ForwardNames.PREFIX);
        total = committed.size() + packNames.size() + runNames.size() + pageNames.size() + forwardNames.size();
        PackScrub packScrub = new PackScrub(store);
        readAll(packNames, (name, blob) -> {
            blocks += packScrub.read(name, blob, findings);
            packs++;
        });
        readAll(runNames, (name, blob) -> {
            RunCheck.check(blobs, store.storeId(), name).ifPresent(findings::add);
            runs++;
        });
        PageScrub pageScrub = new PageScrub();
        readAll(pageNames, (name, blob) -> {
            pageScrub.read(name, blob, findings);
            pages++;
        });
        ForwardScrub forwardScrub = new ForwardScrub(store);
        readAll(forwardNames, (name, blob) -> forwardScrub.read(name, blob, findings));
        try (StoredPacks opened = new StoredPacks(blobs, store.storeId(), OPEN_FILES, INDEX_BYTES)) {
            readParts(committed, new PartScrub(blobs, store, opened));
        }
        return report();
    }

    /**
     * Reads everything that some parts need, and nothing else: their manifests, the packs that those name, and their
     * whole archives.
     *
     * @throws NoSuchPart if one of them is not there
     * @throws dev.holdfast.store.format.UnknownFormat as {@link #run()}
     * @throws Unavailable as {@link #run()}
     */
    public ScrubReport run(Collection<Damage.Part> only) {
        StoreDescriptor store;
        try {
            store = DescriptorFile.read(blobs);
        } catch (Corruption e) {
            findings.add(e);
            return report();
        }
        try (StoredPacks opened = new StoredPacks(blobs, store.storeId(), OPEN_FILES, INDEX_BYTES)) {
            Set<String> names = new TreeSet<>();
            PartWalk walk = new PartWalk(blobs, store, opened);
            only.forEach(part -> names.addAll(walk.blobs(part)));
            List<String> packNames = names.stream()
                    .filter(name -> PackNames.parse(name).isPresent())
                    .toList();
            total = packNames.size() + only.size();
            PackScrub packScrub = new PackScrub(store);
            readAll(packNames, (name, blob) -> {
                blocks += packScrub.read(name, blob, findings);
                packs++;
            });
            readParts(only, new PartScrub(blobs, store, opened));
        }
        return report();
    }

    static List<Damage.Part> committed(BlobStore blobs) {
        List<Damage.Part> all = new ArrayList<>();
        for (GroupId project : Manifests.projects(blobs)) {
            for (PartId part : Manifests.list(blobs, project)) {
                all.add(new Damage.Part(project, part));
            }
        }
        return all;
    }

    private interface FileScrub {
        void read(String name, BlobReader blob);
    }

    private void readAll(List<String> names, FileScrub scrub) {
        for (String name : names) {
            try (BlobReader blob = blobs.open(name)) {
                scrub.read(name, blob);
                bytes += blob.size();
            } catch (NoSuchBlob e) {
                // removed since it was listed: a merged run or a swept pack
            } catch (Corruption e) {
                findings.add(e); // a sealed file does not even open
            } catch (Unavailable e) {
                findings.add(unreadable(name, e));
            }
            done++;
            tell(name, 0);
        }
    }

    private void readParts(Collection<Damage.Part> committed, PartScrub scrub) {
        for (Damage.Part part : committed) {
            try {
                archiveBytes += scrub.read(part, findings, count -> tell(part.toString(), count));
                parts++;
            } catch (NoSuchPart e) {
                // forgotten since it was listed
            } catch (Unavailable e) {
                findings.add(unreadable(part.toString(), e), part);
            }
            done++;
            tell(part.toString(), 0);
        }
    }

    static Corruption unreadable(String name, Unavailable trouble) {
        return new Corruption(name, 0, trouble.getMessage().lines().findFirst().orElse("it cannot be read"));
    }

    private void tell(String name, long inProgress) {
        progress.read(name, done, total, bytes + archiveBytes + inProgress);
    }

    private ScrubReport report() {
        return new ScrubReport(packs, blocks, runs, pages, parts, bytes, archiveBytes, findings.damages());
    }
}
