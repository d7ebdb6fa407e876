package dev.holdfast.store;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import java.util.Set;

/**
 * The only door to the store: parts of snapshots go in once, deduplicated per project, and come out as archives. A part
 * is known by project and id; there is no list of snapshots here, for that is the catalogue of the server.
 *
 * <p>Every method may throw {@link Unavailable} (disk full, disk gone: nothing is lost, try again) and
 * {@link Corruption} (bytes are not what was written). Safe for use by several threads.
 */
public interface SnapshotStore extends AutoCloseable {
    /** Bytes of a block in this store. */
    int blockSize();

    /** Begins to take in a part; nothing is kept of it until {@link PartUpload#commit}. */
    PartUpload begin(GroupId project, PartId part);

    /**
     * Opens a committed part.
     *
     * @throws NoSuchPart if it was never committed, or was forgotten
     */
    StoredPart open(GroupId project, PartId part);

    /** Forgets a part: it can no longer be opened. Its bytes stay until a sweep finds nothing that refers to them. */
    void forget(GroupId project, PartId part);

    /** Every committed part of a project. */
    Set<PartId> parts(GroupId project);

    /** Every project that has something in the store. */
    Set<GroupId> projects();

    @Override
    void close();

    /** A part that is not in the store. */
    final class NoSuchPart extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Names the part. */
        public NoSuchPart(GroupId project, PartId part) {
            super("the store has no part " + part + " of project " + project);
        }
    }
}
