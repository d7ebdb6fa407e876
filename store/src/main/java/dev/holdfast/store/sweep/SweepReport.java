package dev.holdfast.store.sweep;

import java.util.List;

/**
 * What a sweep did.
 *
 * @param packs packs deleted
 * @param pages pages deleted
 * @param repacked packs of which what is needed was copied, and which were deleted then
 * @param bytes bytes of all files deleted
 * @param copied bytes copied into new packs; less than {@code bytes} unless only fragmentation was healed
 * @param unfinished writes given up that a crash had left half done; their bytes are not counted
 * @param left why something of the plan was left for the next sweep, one sentence each
 */
public record SweepReport(
        int packs, int pages, int repacked, long bytes, long copied, int unfinished, List<String> left) {
    /** Copies the list. */
    public SweepReport {
        left = List.copyOf(left);
    }

    /** For programs: one JSON object with these components. */
    public String json() {
        return PlanText.json(this);
    }
}
