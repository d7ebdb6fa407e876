package dev.holdfast.store.repair;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.copy.BlobTransfer;
import dev.holdfast.store.copy.Replica;
import dev.holdfast.store.copy.StoreCopy;
import dev.holdfast.store.manifest.ManifestVisitor;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.manifest.NeededFiles;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.packed.DescriptorFile;
import dev.holdfast.store.scrub.Damage;
import dev.holdfast.store.scrub.FileCheck;
import dev.holdfast.store.scrub.PinnedSlots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Mends a store that nobody serves meanwhile. Its rules are told in the
 * {@linkplain dev.holdfast.store.repair package story}. For one thread.
 */
public final class Repair {
    private final BlobStore blobs;
    private final BlobStore replica;
    private final Collection<Damage.Part> expected;
    private final Consumer<String> progress;
    private final BlobTransfer transfer = new BlobTransfer();
    private final Map<String, PackMend.Recipe> recipes = new HashMap<>();

    /**
     * Does no I/O.
     *
     * @param replica where good files may be, null if there is none
     * @param expected parts that must be there, if anyone knows
     * @param progress is told the name of each file before it is read
     */
    public Repair(BlobStore blobs, BlobStore replica, Collection<Damage.Part> expected, Consumer<String> progress) {
        this.blobs = blobs;
        this.replica = replica;
        this.expected = List.copyOf(expected);
        this.progress = progress;
    }

    /**
     * Reads every file, and looks for good bytes for those that are damaged or missing. Changes nothing.
     *
     * @throws dev.holdfast.store.copy.OtherStore if the replica is none of this store
     * @throws Corruption if the descriptor is damaged and there is no replica: without it nothing else can be told
     * @throws Unavailable if files cannot be listed now
     */
    public RepairPlan plan() {
        recipes.clear();
        Optional<Mending> descriptor = descriptor();
        if (descriptor.isPresent()) {
            return new RepairPlan(List.of(descriptor.get()));
        }
        StoreDescriptor store = DescriptorFile.read(blobs);
        if (replica != null) {
            Replica.require(store, replica);
        }
        Map<String, String> bad = new LinkedHashMap<>();
        Set<String> needed = new TreeSet<>();
        walk(store, bad, needed, (pack, extent) -> {});
        files(store, needed, bad);
        // walked again, so that the heap holds extents of bad packs only
        PinnedSlots pinned = new PinnedSlots();
        walk(store, new HashMap<>(), new HashSet<>(), (pack, extent) -> {
            if (bad.containsKey(pack)) {
                pinned.add(pack, extent);
            }
        });
        bad.replaceAll((name, what) ->
                PackNames.parse(name).isPresent() && !needed.contains(name) ? what + " (no snapshot needs it)" : what);
        List<Mending> mendings = new ArrayList<>();
        FileCheck check = new FileCheck(store);
        PackMend packs = new PackMend(blobs, replica, store);
        bad.forEach((name, what) -> mendings.add(mending(name, what, store, check, packs, pinned)));
        return new RepairPlan(mendings);
    }

    /**
     * Mends what the last {@link #plan} found possible.
     *
     * @return what could not be mended after all, a line each; nothing of it was changed
     */
    public List<String> run(RepairPlan plan) {
        List<String> failed = new ArrayList<>();
        for (Mending mending : plan.mendings()) {
            if (mending.isPossible()) {
                try {
                    progress.accept(mending.blob());
                    mend(mending);
                } catch (Corruption | NoSuchBlob e) {
                    failed.add(mending.blob() + ": " + e.getMessage());
                }
            }
        }
        return failed;
    }

    private void mend(Mending mending) {
        String name = mending.blob();
        if (mending.source() == Mending.Source.REPLICA) {
            // the copy was found good when the plan was made; what arrives is read back and compared with it
            var unused = transfer.copy(replica, name, blobs, blobs.replacement(name));
        } else {
            new PackMend(blobs, replica, DescriptorFile.read(blobs)).apply(recipes.get(name));
            new FileCheck(DescriptorFile.read(blobs)).require(blobs, name);
        }
    }

    private Optional<Mending> descriptor() {
        try {
            var unused = DescriptorFile.read(blobs);
            return Optional.empty();
        } catch (Corruption e) {
            if (replica == null) {
                throw e;
            }
            StoreDescriptor theirs = DescriptorFile.read(replica);
            Optional<String> stranger = blobs.list(PackNames.PREFIX).stream()
                    .filter(name -> !PackNames.parse(name).isPresent() || isStranger(name, theirs))
                    .findFirst();
            String what = e.getMessage()
                    + stranger.map(name -> "; and " + name + " is not of the other store")
                            .orElse("");
            return Optional.of(
                    new Mending(DescriptorFile.NAME, what, stranger.isEmpty() ? Mending.Source.REPLICA : null, 0));
        }
    }

    /** Whether a pack whose start can be read is of another store. */
    private boolean isStranger(String name, StoreDescriptor store) {
        return new FileCheck(store)
                .damage(blobs, name)
                .filter(damage -> damage.offset() == 12)
                .isPresent();
    }

    private interface ExtentSink {
        void take(String pack, Extent extent);
    }

    /**
     * Walks every manifest; roots, pages and records that are bad go to {@code bad}, packs and records to {@code needed}.
     * The extents shown are those of packs that were not repacked: what others pin is pinned under another name.
     */
    private void walk(StoreDescriptor store, Map<String, String> bad, Set<String> needed, ExtentSink extents) {
        Set<Damage.Part> parts = new LinkedHashSet<>(StoreCopy.parts(blobs));
        parts.addAll(expected);
        for (Damage.Part part : parts) {
            NeededFiles files = new NeededFiles(blobs, store, part.project());
            try {
                Manifests.walk(blobs, store, part.project(), part.id(), new ManifestVisitor() {
                    @Override
                    public void extent(Extent extent) {
                        if (!files.of(extent, needed)) {
                            extents.take(PackNames.name(part.project(), extent.pack()), extent);
                        }
                    }
                });
            } catch (NoSuchPart e) {
                bad.put(Manifests.rootName(part.project(), part.id()), "the root of " + part + " is missing");
            } catch (Corruption e) {
                bad.put(e.blob(), e.getMessage());
            }
        }
    }

    /** Reads every pack, forwarding record and page; those that are damaged, or needed and missing, go to {@code bad}. */
    private void files(StoreDescriptor store, Set<String> needed, Map<String, String> bad) {
        FileCheck check = new FileCheck(store);
        Set<String> names = new TreeSet<>(needed);
        names.addAll(blobs.list(PackNames.PREFIX));
        names.addAll(blobs.list(ForwardNames.PREFIX));
        blobs.list("pages/").stream().filter(FileCheck::knows).forEach(names::add);
        for (String name : names) {
            progress.accept(name);
            try {
                check.damage(blobs, name).ifPresent(damage -> bad.putIfAbsent(name, damage.what()));
            } catch (NoSuchBlob e) {
                bad.putIfAbsent(name, name + " is missing");
            } catch (Unavailable e) {
                bad.putIfAbsent(name, e.getMessage().lines().findFirst().orElse("it cannot be read"));
            }
        }
    }

    private Mending mending(
            String name, String what, StoreDescriptor store, FileCheck check, PackMend packs, PinnedSlots pinned) {
        Optional<PackNames.Name> pack = PackNames.parse(name);
        if (pack.isEmpty()) {
            boolean good = replica != null && (FileCheck.knows(name) ? isGood(check, name) : isRoot(store, name));
            return new Mending(name, what, good ? Mending.Source.REPLICA : null, 0);
        }
        if (replica != null && isGood(check, name) && isSame(name, pack.get(), store, pinned)) {
            return new Mending(name, what, Mending.Source.REPLICA, 0);
        }
        Optional<PackMend.Recipe> recipe =
                packs.recipe(pack.get().project(), pack.get().pack(), index -> pinned.agrees(name, index));
        recipe.ifPresent(found -> recipes.put(name, found));
        return new Mending(
                name,
                what,
                recipe.isPresent() ? Mending.Source.SEGMENTS : null,
                recipe.map(found -> found.elsewhere().size()).orElse(0));
    }

    private boolean isGood(FileCheck check, String name) {
        try {
            return check.damage(replica, name).isEmpty();
        } catch (NoSuchBlob | Unavailable e) {
            return false;
        }
    }

    /** Whether the replica's pack holds what the manifests pin, and what our own index says as far as it can be read. */
    private boolean isSame(String name, PackNames.Name pack, StoreDescriptor store, PinnedSlots pinned) {
        Segments segments = new Segments(store);
        PackIndex theirs = segments.index(replica, pack.project(), pack.pack()).orElse(null);
        if (theirs == null || !pinned.agrees(name, theirs)) {
            return false;
        }
        return segments.indexWithoutHeader(blobs, pack.project(), pack.pack())
                .map(ours -> isEqual(ours, theirs))
                .orElse(true);
    }

    private static boolean isEqual(PackIndex ours, PackIndex theirs) {
        boolean equal = ours.size() == theirs.size();
        for (int slot = 0; equal && slot < ours.size(); slot++) {
            equal = Segments.Wanted.of(ours, slot).equals(Segments.Wanted.of(theirs, slot));
        }
        return equal;
    }

    private boolean isRoot(StoreDescriptor store, String name) {
        for (Damage.Part part : StoreCopy.parts(replica)) {
            if (Manifests.rootName(part.project(), part.id()).equals(name)) {
                try {
                    Manifests.references(replica, store, part.project(), part.id(), new HashSet<>(), extent -> {});
                    return true;
                } catch (Corruption | NoSuchPart e) {
                    return false;
                }
            }
        }
        return false;
    }
}
