package dev.holdfast.store.pack;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which files stand for a pack that a manifest names: its own, or when it was repacked its forwarding record and the
 * packs which that names. Lists a project's packs once; for one thread and a short while.
 */
public final class PackFiles {
    private final BlobStore blobs;
    private final String storeId;
    private final Map<GroupId, Set<PackId>> there = new HashMap<>();
    private final Map<String, Set<String>> known = new HashMap<>();

    /** Files of the store {@code storeId}. */
    public PackFiles(BlobStore blobs, String storeId) {
        this.blobs = blobs;
        this.storeId = storeId;
    }

    /** Names of the files; the pack's own name if there is neither pack nor record. A damaged record is named alone. */
    public Set<String> of(GroupId project, PackId pack) {
        String name = PackNames.name(project, pack);
        Set<String> files = known.get(name);
        if (files == null) {
            files = find(project, pack, name);
            known.put(name, files);
        }
        return files;
    }

    private Set<String> find(GroupId project, PackId pack, String name) {
        known.put(name, Set.of()); // records that name each other in a circle end here
        if (there.computeIfAbsent(project, id -> PackNames.list(blobs, id)).contains(pack)) {
            return Set.of(name);
        }
        Set<String> files = new HashSet<>();
        try {
            Optional<Forward> forward = ForwardFile.read(blobs, storeId, project, pack);
            files.add(forward.isPresent() ? ForwardNames.name(project, pack) : name);
            forward.ifPresent(record -> record.packs().forEach(next -> files.addAll(of(project, next))));
        } catch (Corruption e) {
            files.add(e.blob());
        }
        return Set.copyOf(files);
    }
}
