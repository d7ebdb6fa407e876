package dev.holdfast.store.sweep;

import dev.holdfast.contract.id.GroupId;
import java.util.List;

/**
 * What is to be deleted of a project.
 *
 * @param packs packs that nothing refers to
 * @param pages pages that nothing refers to
 * @param livePacks packs that stay because a part needs at least one of their blocks
 * @param youngFiles files that nothing refers to, but that are younger than their margin, or whose age is not known
 * @param pinnedPacks packs that only an upload in progress relies on
 * @param skipped why nothing of the project may be swept, null if it may
 */
public record ProjectPlan(
        GroupId project,
        List<Doomed> packs,
        List<Doomed> pages,
        int livePacks,
        int youngFiles,
        int pinnedPacks,
        String skipped) {
    /** Copies the lists. */
    public ProjectPlan {
        packs = List.copyOf(packs);
        pages = List.copyOf(pages);
    }

    static ProjectPlan skipped(GroupId project, String why) {
        return new ProjectPlan(project, List.of(), List.of(), 0, 0, 0, why);
    }

    /** Bytes of all files that are to be deleted. */
    public long bytes() {
        return packs.stream().mapToLong(Doomed::bytes).sum()
                + pages.stream().mapToLong(Doomed::bytes).sum();
    }
}
