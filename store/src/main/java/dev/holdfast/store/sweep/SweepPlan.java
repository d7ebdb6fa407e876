package dev.holdfast.store.sweep;

import java.time.Instant;
import java.util.List;

/**
 * What a sweep would delete and copy. Each file is looked at again before it goes, so less may be deleted, never more.
 *
 * @param at when it was made; ages are counted to then
 * @param margins how old a file must be
 * @param rule when a pack is worth copying
 * @param projects every project that has anything in the store
 */
public record SweepPlan(Instant at, SweepMargins margins, RepackRule rule, List<ProjectPlan> projects) {
    /** Copies the list. */
    public SweepPlan {
        projects = List.copyOf(projects);
    }

    /** Bytes of all files that are to be deleted, and of the segments that a repack drops. */
    public long bytes() {
        return projects.stream().mapToLong(ProjectPlan::bytes).sum();
    }

    /** Whether nothing is to be deleted or copied. */
    public boolean isEmpty() {
        return projects.stream().allMatch(ProjectPlan::isEmpty);
    }

    /** For people: one line for each file that is to go, then one for each project, then a sum. */
    public String text() {
        return PlanText.text(this);
    }

    /** For programs: one JSON object with the components of these records; sizes in bytes, times as in RFC 3339. */
    public String json() {
        return PlanText.json(this);
    }
}
