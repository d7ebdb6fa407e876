package dev.holdfast.store.drill;

import java.util.List;

/**
 * What a restore of a part came to.
 *
 * @param files files that were restored and hashed
 * @param bytes their bytes
 * @param differences what is not as it was captured; the first {@link PartDrill#MOST_DIFFERENCES} only
 */
public record RestoredFiles(long files, long bytes, List<String> differences) {
    /** Copies the list. */
    public RestoredFiles {
        differences = List.copyOf(differences);
    }

    /** Whether every file is what was captured. */
    public boolean isGood() {
        return differences.isEmpty();
    }
}
