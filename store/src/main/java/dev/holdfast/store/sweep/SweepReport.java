package dev.holdfast.store.sweep;

import java.util.List;

/**
 * What a sweep did.
 *
 * @param packs packs deleted
 * @param pages pages deleted
 * @param bytes their bytes
 * @param left why something of the plan was left for the next sweep, one sentence each
 */
public record SweepReport(int packs, int pages, long bytes, List<String> left) {
    /** Copies the list. */
    public SweepReport {
        left = List.copyOf(left);
    }

    /** For programs: one JSON object with these components. */
    public String json() {
        return PlanText.json(this);
    }
}
