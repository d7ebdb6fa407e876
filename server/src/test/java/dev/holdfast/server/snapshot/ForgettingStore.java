package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.StoredPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A store of which only the forgetting matters; it can be out of reach for some parts to come. */
final class ForgettingStore implements SnapshotStore {
    final List<PartId> forgotten = new ArrayList<>();
    int failAfter = Integer.MAX_VALUE;

    @Override
    public void forget(GroupId project, PartId part) {
        if (failAfter-- <= 0) {
            throw new Unavailable("the disk is gone");
        }
        forgotten.add(part);
    }

    @Override
    public int blockSize() {
        return 65536;
    }

    @Override
    public PartUpload begin(GroupId project, PartId part) {
        throw new UnsupportedOperationException("nothing comes in");
    }

    @Override
    public StoredPart open(GroupId project, PartId part) {
        throw new NoSuchPart(project, part);
    }

    @Override
    public Set<PartId> parts(GroupId project) {
        return Set.of();
    }

    @Override
    public Set<GroupId> projects() {
        return Set.of();
    }

    @Override
    public void close() {}
}
