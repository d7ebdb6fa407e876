package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.StoredPart;
import java.util.Set;

/** A store whose bytes are gone, as after a restore of the database without its store. */
final class EmptyStore implements SnapshotStore {
    @Override
    public int blockSize() {
        return 65536;
    }

    @Override
    public PartUpload begin(GroupId project, PartId part) {
        throw new UnsupportedOperationException("it stays empty");
    }

    @Override
    public StoredPart open(GroupId project, PartId part) {
        throw new NoSuchPart(project, part);
    }

    @Override
    public void forget(GroupId project, PartId part) {}

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
