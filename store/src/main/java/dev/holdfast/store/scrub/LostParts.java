package dev.holdfast.store.scrub;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.manifest.Manifests;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Parts that rows know of and the store does not: it is older than its rows, or the root of a manifest is gone. A reading
 * of the store alone misses nothing there, for whatever is in it may be as it was written.
 */
public final class LostParts {
    private LostParts() {}

    /**
     * Damages for those whose root is not there, each needed by its part.
     *
     * @param known the parts that must be there, asked twice: one that was forgotten while the store was looked at is not
     *     missed
     */
    public static List<Damage> of(BlobStore blobs, Supplier<? extends Collection<Damage.Part>> known) {
        Collection<Damage.Part> before = known.get();
        Map<GroupId, Set<PartId>> there = new HashMap<>();
        List<Damage.Part> missed = before.stream()
                .filter(part -> !there.computeIfAbsent(part.project(), project -> Manifests.list(blobs, project))
                        .contains(part.id()))
                .toList();
        if (missed.isEmpty()) {
            return List.of();
        }
        Set<Damage.Part> still = Set.copyOf(known.get());
        List<Damage> lost = new ArrayList<>();
        for (Damage.Part part : missed) {
            if (still.contains(part)) {
                String root = Manifests.rootName(part.project(), part.id());
                lost.add(new Damage(root, 0, root + " is missing: the store does not have this part", Set.of(part)));
            }
        }
        return lost;
    }
}
