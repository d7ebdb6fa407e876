package dev.holdfast.store.index;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import java.util.Optional;

/** Reads a run from its first to its last byte, for {@code verify}. */
public final class RunCheck {
    private RunCheck() {}

    /**
     * Answers what is wrong with a run, if anything is. A damaged run loses nothing: it is made again from the packs.
     *
     * @throws NoSuchBlob if it was merged away meanwhile
     */
    public static Optional<Corruption> check(BlobStore blobs, String storeId, String name) {
        GroupId project = RunNames.project(name).orElse(null);
        if (project == null) {
            return Optional.of(new Corruption(name, 0, "a file among the index runs that is not called like one"));
        }
        try (Run run = Run.open(blobs, storeId, project, name)) {
            Cursor cursor = run.cursor();
            long entries = 0;
            while (cursor.advance()) {
                if (cursor.pack() < 0 || cursor.slot() < 0) {
                    return Optional.of(new Corruption(name, 0, "entry " + entries + " has a negative place"));
                }
                entries++;
            }
            return Optional.empty();
        } catch (Corruption e) {
            return Optional.of(e);
        }
    }
}
