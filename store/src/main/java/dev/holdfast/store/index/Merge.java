package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The entries of several sorted sources as one; the tables of their packs are thought one behind the other. */
final class Merge implements Cursor {
    private final PriorityQueue<Source> ahead = new PriorityQueue<>(
            Comparator.comparing(Source::block).thenComparingInt(Source::pack).thenComparingInt(Source::slot));
    private Source current;

    /** One source, and how many packs the tables before its own have. */
    record Source(Cursor cursor, int packsBefore) {
        BlockId block() {
            return cursor.block();
        }

        int pack() {
            return cursor.pack() + packsBefore;
        }

        int slot() {
            return cursor.slot();
        }
    }

    Merge(List<Source> sources) {
        for (Source source : sources) {
            if (source.cursor().advance()) {
                ahead.add(source);
            }
        }
    }

    @Override
    public boolean advance() {
        if (current != null && current.cursor().advance()) {
            ahead.add(current);
        }
        current = ahead.poll();
        return current != null;
    }

    @Override
    public BlockId block() {
        return current.block();
    }

    @Override
    public int pack() {
        return current.pack();
    }

    @Override
    public int slot() {
        return current.slot();
    }
}
