package dev.holdfast.store.index;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.pack.StoredPacks;
import java.util.random.RandomGenerator;

/** Makes the block index of a whole store again from its packs, which are the truth, while nothing else has it open. */
public final class IndexRebuild {
    private static final int OPEN_FILES = 16;
    private static final int INDEX_BYTES = 1 << 20;

    private IndexRebuild() {}

    /**
     * What was made.
     *
     * @param projects projects that have packs
     * @param packs packs that were read; one that is damaged is left out, so that its blocks are captured again
     * @param removed files that were in the place of the index before
     */
    public record Report(int projects, int packs, int removed) {}

    /**
     * Removes every file of the index, right, wrong or torn, and writes it anew. A crash leaves a part of it; whoever opens
     * the store next makes the rest.
     *
     * @throws dev.holdfast.contract.trouble.Unavailable if files cannot be read or written now; say it again
     */
    public static Report run(BlobStore blobs, String storeId, RandomGenerator random) {
        int removed = 0;
        for (String name : blobs.list(RunNames.PREFIX)) {
            removed += blobs.delete(name) ? 1 : 0;
        }
        int projects = 0;
        int count = 0;
        try (StoredPacks packs = new StoredPacks(blobs, storeId, OPEN_FILES, INDEX_BYTES)) {
            for (GroupId project : PackNames.projects(blobs)) {
                try (RunBlockIndex index = RunBlockIndex.open(blobs, packs, storeId, project, random)) {
                    index.flush();
                }
                projects++;
                count += ForwardNames.unforwarded(blobs, project).size();
            }
        }
        return new Report(projects, count, removed);
    }
}
