package dev.holdfast.store.scrub;

import java.util.ArrayList;
import java.util.List;

/**
 * What one slice of a round has read.
 *
 * @param from where it began, exclusive
 * @param to where the next slice begins; {@link ScrubCursor#START} when the round is over
 * @param files files and parts read
 * @param bytes bytes read
 * @param found what is not as it was written
 */
public record SliceReport(ScrubCursor from, ScrubCursor to, long files, long bytes, List<Found> found) {
    /** Damage, and what was being read when it was met: that unit, read again without it, takes it back. */
    public record Found(ScrubCursor unit, Damage damage) {}

    /** Copies the list. */
    public SliceReport {
        found = List.copyOf(found);
    }

    /** The same with parts that are lost; nothing changes if the slice read no parts, for then it takes none back either. */
    public SliceReport and(List<Damage> lost) {
        if (!endedRound() && to.stage() != ScrubCursor.Stage.PARTS) {
            return this;
        }
        List<Found> all = new ArrayList<>(found);
        for (Damage damage : lost) {
            damage.parts().forEach(part -> all.add(new Found(ScrubCursor.of(part), damage)));
        }
        return new SliceReport(from, to, files, bytes, all);
    }

    /** Whether the slice came to the end of the round. */
    public boolean endedRound() {
        return to.equals(ScrubCursor.START);
    }

    /** Whether the slice read this unit: what is known of it from an earlier round is out of date. */
    public boolean covers(ScrubCursor unit) {
        return unit.compareTo(from) > 0 && (endedRound() || unit.compareTo(to) <= 0);
    }
}
