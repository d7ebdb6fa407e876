package dev.holdfast.store.sweep;

import java.util.ArrayList;
import java.util.List;

/** Counts what a sweep does. */
final class SweepTally {
    private final List<String> left = new ArrayList<>();
    private int packs;
    private int pages;
    private int repacked;
    private long bytes;
    private long copied;
    private int unfinished;

    void pack(long size) {
        packs++;
        bytes += size;
    }

    /** A page or a forwarding record. */
    void page(long size) {
        pages++;
        bytes += size;
    }

    void repacked(long size) {
        repacked++;
        bytes += size;
    }

    void copied(long size) {
        copied += size;
    }

    void left(ProjectPlan plan, String why) {
        left.add("project " + plan.project() + ": " + why + "; the rest is left for the next sweep");
    }

    void left(String why) {
        left.add(why);
    }

    void unfinished(int count) {
        unfinished += count;
    }

    SweepReport report() {
        return new SweepReport(packs, pages, repacked, bytes, copied, unfinished, left);
    }
}
