package dev.holdfast.store.pack;

import dev.holdfast.contract.id.GroupId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the segments of a pack went that was repacked: runs of its slots, each now a run of slots of another pack. Slots
 * in no run were needed by nothing. Part of the truth: manifests go on naming the old pack. Immutable.
 */
public final class Forward {
    private final GroupId project;
    private final PackId from;
    private final int slots;
    private final List<PackId> packs;
    private final int[] first;
    private final int[] counts;
    private final long[] offsets;
    private final int[] pack;
    private final int[] target;

    private Forward(GroupId project, PackId from, int slots, List<Run> runs) {
        this.project = project;
        this.from = from;
        this.slots = slots;
        this.packs = runs.stream().map(Run::pack).distinct().toList();
        this.first = runs.stream().mapToInt(Run::firstSlot).toArray();
        this.counts = runs.stream().mapToInt(Run::slots).toArray();
        this.offsets = runs.stream().mapToLong(Run::offset).toArray();
        this.pack = runs.stream().mapToInt(run -> packs.indexOf(run.pack())).toArray();
        this.target = runs.stream().mapToInt(Run::target).toArray();
    }

    /**
     * Adjacent slots of the old pack that are adjacent slots of a new one.
     *
     * @param firstSlot ordinal of the first in the old pack
     * @param slots number of slots, at least 1
     * @param offset where the first began in the old pack's file
     * @param pack the new pack
     * @param target ordinal of the first in the new pack
     */
    public record Run(int firstSlot, int slots, long offset, PackId pack, int target) {}

    /**
     * A record for the pack {@code from}, which had so many slots.
     *
     * @throws IllegalArgumentException unless runs are in the order of the old slots, within the pack and without overlap
     */
    public static Forward of(GroupId project, PackId from, int slots, List<Run> runs) {
        int next = 0;
        long offset = PackFormat.HEADER;
        for (Run run : runs) {
            boolean inOrder = run.firstSlot() >= next && run.offset() >= offset && run.target() >= 0;
            if (!inOrder || run.slots() < 1 || run.slots() > slots - run.firstSlot()) {
                throw new IllegalArgumentException("a run of slots that cannot be in pack " + from + ": " + run);
            }
            next = run.firstSlot() + run.slots();
            offset = run.offset() + run.slots();
        }
        if (runs.isEmpty() || runs.stream().anyMatch(run -> run.pack().equals(from))) {
            throw new IllegalArgumentException("pack " + from + " is forwarded nowhere, or to itself");
        }
        return new Forward(project, from, slots, runs);
    }

    /** The project. */
    public GroupId project() {
        return project;
    }

    /** The pack that was repacked. */
    public PackId from() {
        return from;
    }

    /** How many slots it had. */
    public int slots() {
        return slots;
    }

    /** The packs that have its segments now. */
    public List<PackId> packs() {
        return packs;
    }

    /** All runs, in the order of the old slots. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            runs.add(run(i));
        }
        return runs;
    }

    /** Number of runs. */
    public int size() {
        return first.length;
    }

    /** The run that holds a slot, or empty if nothing needed it. */
    public Optional<Run> runOf(int slot) {
        int at = Arrays.binarySearch(first, slot);
        int run = at >= 0 ? at : -at - 2;
        return run >= 0 && slot < first[run] + counts[run] ? Optional.of(run(run)) : Optional.empty();
    }

    /** The last run that begins no later than a byte of the old pack's file, or empty. */
    Optional<Run> runAt(long offset) {
        int at = Arrays.binarySearch(offsets, offset);
        int run = at >= 0 ? at : -at - 2;
        return run >= 0 ? Optional.of(run(run)) : Optional.empty();
    }

    private Run run(int i) {
        return new Run(first[i], counts[i], offsets[i], packs.get(pack[i]), target[i]);
    }
}
