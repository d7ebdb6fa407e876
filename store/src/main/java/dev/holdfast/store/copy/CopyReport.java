package dev.holdfast.store.copy;

import java.util.List;

/**
 * What a copy did.
 *
 * @param parts parts that it made
 * @param partsThere parts that were there already
 * @param files files that it wrote
 * @param filesThere files of new parts that were there already
 * @param bytes bytes that it wrote, each of which was read back
 * @param failed parts that were not copied, each with the reason
 */
public record CopyReport(int parts, int partsThere, long files, long filesThere, long bytes, List<String> failed) {
    /** Copies the list. */
    public CopyReport {
        failed = List.copyOf(failed);
    }
}
