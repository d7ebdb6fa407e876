package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.Archive;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.StoredPart;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store whose bytes are gone, as after a restore of the database without its store. */
final class EmptyStore implements SnapshotStore {
    /** Parts that can be opened, although nothing comes of it. */
    final Set<PartId> there = ConcurrentHashMap.newKeySet();

    /** What happens while the store is asked for a part. */
    Runnable asked = () -> {};

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
        asked.run();
        if (there.contains(part)) {
            return new Bodiless(project, part);
        }
        throw new NoSuchPart(project, part);
    }

    /** A part that is forgotten between its opening and its first use. */
    private record Bodiless(GroupId project, PartId id) implements StoredPart {
        @Override
        public PartSummary summary() {
            throw new NoSuchPart(project, id);
        }

        @Override
        public int topFolderLength() {
            throw new NoSuchPart(project, id);
        }

        @Override
        public Archive archive(String topFolder) {
            throw new NoSuchPart(project, id);
        }
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
