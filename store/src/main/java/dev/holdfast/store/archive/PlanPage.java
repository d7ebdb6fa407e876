package dev.holdfast.store.archive;

/** A page of a plan being read, by one thread. */
public interface PlanPage {
    /** Bytes still to come of the last file of the page before; 0 when this page begins with an entry. */
    long left();

    /** The next record, or null after the last one. */
    PlanRecord next();
}
