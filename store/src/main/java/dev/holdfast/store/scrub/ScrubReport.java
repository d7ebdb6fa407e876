package dev.holdfast.store.scrub;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scrub has read and found.
 *
 * @param packs packs read
 * @param blocks segments inflated and hashed, in all packs
 * @param runs files of block indices read
 * @param pages manifest pages read
 * @param parts parts whose archive was inflated from the first to the last byte
 * @param bytes bytes of all files read once, archives not counted
 * @param archiveBytes bytes of all archives
 * @param damages what is not as it was written, in the order found; the first {@link Scrub#MOST_DAMAGES} only
 */
public record ScrubReport(
        long packs,
        long blocks,
        long runs,
        long pages,
        long parts,
        long bytes,
        long archiveBytes,
        List<Damage> damages) {
    /** Copies the list. */
    public ScrubReport {
        damages = List.copyOf(damages);
    }

    /** The same with more damages. */
    public ScrubReport and(List<Damage> more) {
        List<Damage> all = new ArrayList<>(damages);
        all.addAll(more);
        return new ScrubReport(packs, blocks, runs, pages, parts, bytes, archiveBytes, all);
    }

    /** Whether every byte was what it must be. */
    public boolean isClean() {
        return damages.isEmpty();
    }
}
