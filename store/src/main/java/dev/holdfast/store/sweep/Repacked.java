package dev.holdfast.store.sweep;

/**
 * A pack that is to be repacked: what is still needed of it is copied to new packs.
 *
 * @param blob its name, relative to the store
 * @param bytes bytes of its segments
 * @param copied bytes of the segments that are still needed
 * @param jumps stretches that a restore of a newest part need not jump to any more
 */
public record Repacked(String blob, long bytes, long copied, int jumps) {
    /** Bytes that nothing needs. */
    public long freed() {
        return bytes - copied;
    }
}
