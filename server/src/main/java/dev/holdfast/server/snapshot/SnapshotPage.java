package dev.holdfast.server.snapshot;

import java.util.List;

/**
 * One page of a list of snapshots.
 *
 * @param snapshots those of this page, latest first
 * @param total how many all pages have
 */
public record SnapshotPage(List<Snapshot> snapshots, long total) {
    /** Copies the list. */
    public SnapshotPage {
        snapshots = List.copyOf(snapshots);
    }
}
