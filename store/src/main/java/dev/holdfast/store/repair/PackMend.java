package dev.holdfast.store.repair;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackIndex;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.pack.PackWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Puts a pack together again, segment by segment. For one thread. */
final class PackMend {
    private final BlobStore blobs;
    private final BlobStore replica;
    private final StoreDescriptor store;
    private final Segments segments;

    /** @param replica null if there is none */
    PackMend(BlobStore blobs, BlobStore replica, StoreDescriptor store) {
        this.blobs = blobs;
        this.replica = replica;
        this.store = store;
        this.segments = new Segments(store);
    }

    /**
     * How to put a pack together.
     *
     * @param index what it must hold
     * @param elsewhere for each slot whose own bytes are bad, the places that have them
     */
    record Recipe(GroupId project, PackId pack, PackIndex index, Map<Integer, Place> elsewhere) {}

    /** A segment in another file. */
    record Place(BlobStore blobs, String name, long offset) {}

    /**
     * Looks for every bad segment of a pack.
     *
     * @param isPinned whether an index holds what the manifests pin
     * @return empty if one of them is nowhere
     */
    Optional<Recipe> recipe(GroupId project, PackId pack, Predicate<PackIndex> isPinned) {
        Optional<PackIndex> index = segments.indexWithoutHeader(blobs, project, pack)
                .or(() -> replica == null ? Optional.empty() : segments.index(replica, project, pack))
                .filter(isPinned);
        if (index.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Place> places = new HashMap<>();
        Map<Segments.Wanted, Set<Integer>> lost = new HashMap<>();
        String name = PackNames.name(project, pack);
        for (int slot = 0; slot < index.get().size(); slot++) {
            Segments.Wanted wanted = Segments.Wanted.of(index.get(), slot);
            long offset = index.get().offset(slot);
            if (segments.read(blobs, name, offset, wanted) != null) {
                continue;
            }
            if (replica != null && segments.read(replica, name, offset, wanted) != null) {
                places.put(slot, new Place(replica, name, offset));
            } else {
                lost.computeIfAbsent(wanted, key -> new HashSet<>()).add(slot);
            }
        }
        return findElsewhere(project, lost, places)
                ? Optional.of(new Recipe(project, pack, index.get(), places))
                : Optional.empty();
    }

    private boolean findElsewhere(
            GroupId project, Map<Segments.Wanted, Set<Integer>> lost, Map<Integer, Place> places) {
        findIn(blobs, project, lost, places);
        if (replica != null) {
            findIn(replica, project, lost, places);
        }
        return lost.isEmpty();
    }

    /** Takes out of {@code lost} what is found. */
    private void findIn(
            BlobStore where, GroupId project, Map<Segments.Wanted, Set<Integer>> lost, Map<Integer, Place> places) {
        if (lost.isEmpty()) {
            return;
        }
        Map<Segments.Wanted, List<BlockLocation>> candidates =
                segments.elsewhere(where, project, Set.copyOf(lost.keySet()));
        lost.entrySet().removeIf(one -> {
            Optional<Place> good = candidates.getOrDefault(one.getKey(), List.of()).stream()
                    .flatMap(location -> place(where, project, location).stream())
                    .filter(place -> segments.read(where, place.name(), place.offset(), one.getKey()) != null)
                    .findFirst();
            good.ifPresent(place -> one.getValue().forEach(slot -> places.put(slot, place)));
            return good.isPresent();
        });
    }

    private Optional<Place> place(BlobStore where, GroupId project, BlockLocation location) {
        return segments.index(where, project, location.pack())
                .map(index ->
                        new Place(where, PackNames.name(project, location.pack()), index.offset(location.slot())));
    }

    /**
     * Writes the pack in the place of the bad one.
     *
     * @throws Corruption if a segment that was good when the recipe was made is not any more; nothing was changed
     */
    void apply(Recipe recipe) {
        String name = PackNames.name(recipe.project(), recipe.pack());
        PackIndex index = recipe.index();
        try (PackWriter writer = PackWriter.replace(blobs, store.storeId(), recipe.project(), recipe.pack())) {
            for (int slot = 0; slot < index.size(); slot++) {
                Place own = new Place(blobs, name, index.offset(slot));
                Place place = recipe.elsewhere().getOrDefault(slot, own);
                Segments.Wanted wanted = Segments.Wanted.of(index, slot);
                byte[] segment = segments.read(place.blobs(), place.name(), place.offset(), wanted);
                if (segment == null) {
                    throw new Corruption(place.name(), place.offset(), "segment " + slot + " cannot be read any more");
                }
                writer.append(wanted.block(), wanted.plainLength(), wanted.plainCrc32(), segment, 0, segment.length);
            }
            var unused = writer.seal();
        }
    }
}
