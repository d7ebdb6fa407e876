package dev.holdfast.store.sweep;

import dev.holdfast.contract.id.GroupId;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be deleted of a project.
 *
 * @param packs packs that nothing refers to
 * @param pages pages that nothing refers to
 * @param forwards forwarding records that nothing refers to
 * @param moved packs that were repacked before, and that a crash left beside their forwarding records
 * @param repacked packs of which what is needed is copied to new ones, those that pay most first; then they go
 * @param livePacks packs that stay because a part needs at least one of their blocks
 * @param youngFiles files that nothing refers to, but that are younger than their margin, or whose age is not known
 * @param pinnedPacks packs that only an upload in progress relies on
 * @param skipped why nothing of the project may be swept, null if it may
 */
public record ProjectPlan(
        GroupId project,
        List<Doomed> packs,
        List<Doomed> pages,
        List<Doomed> forwards,
        List<Doomed> moved,
        List<Repacked> repacked,
        int livePacks,
        int youngFiles,
        int pinnedPacks,
        String skipped) {
    /** Copies the lists. */
    public ProjectPlan {
        packs = List.copyOf(packs);
        pages = List.copyOf(pages);
        forwards = List.copyOf(forwards);
        moved = List.copyOf(moved);
        repacked = List.copyOf(repacked);
    }

    static ProjectPlan skipped(GroupId project, String why) {
        return new ProjectPlan(project, List.of(), List.of(), List.of(), List.of(), List.of(), 0, 0, 0, why);
    }

    /** Bytes of all files that are to be deleted, and of the segments that a repack drops. */
    public long bytes() {
        return Stream.of(packs, pages, forwards, moved)
                        .flatMap(List::stream)
                        .mapToLong(Doomed::bytes)
                        .sum()
                + repacked.stream().mapToLong(Repacked::freed).sum();
    }

    /** Bytes that are to be copied. */
    public long copied() {
        return repacked.stream().mapToLong(Repacked::copied).sum();
    }

    /** Whether nothing is to be done. */
    public boolean isEmpty() {
        return packs.isEmpty() && pages.isEmpty() && forwards.isEmpty() && moved.isEmpty() && repacked.isEmpty();
    }
}
