package dev.holdfast.store.drill;

import java.util.ArrayList;
import java.util.List;

/** Counts what was compared, and lists what differs. */
final class Difference {
    private final List<String> found = new ArrayList<>();
    private long files;
    private long bytes;

    void add(String difference) {
        if (found.size() < PartDrill.MOST_DIFFERENCES) {
            found.add(difference);
        }
    }

    void compared(long length) {
        files++;
        bytes += length;
    }

    RestoredFiles report() {
        return new RestoredFiles(files, bytes, found);
    }
}
