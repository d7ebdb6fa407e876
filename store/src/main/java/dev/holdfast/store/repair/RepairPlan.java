package dev.holdfast.store.repair;

import java.util.List;

/**
 * What a repair would do now. When it mends roots or pages, packs may turn out to be needed that nobody could know of
 * before; the plan after it says so.
 *
 * @param mendings every damaged file
 */
public record RepairPlan(List<Mending> mendings) {
    /** Copies the list. */
    public RepairPlan {
        mendings = List.copyOf(mendings);
    }

    /** Whether nothing is damaged. */
    public boolean isEmpty() {
        return mendings.isEmpty();
    }

    /** Whether anything can be mended. */
    public boolean isOfUse() {
        return mendings.stream().anyMatch(Mending::isPossible);
    }
}
