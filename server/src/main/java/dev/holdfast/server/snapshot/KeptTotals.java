package dev.holdfast.server.snapshot;

/**
 * What is kept, together.
 *
 * @param snapshots how many
 * @param plainBytes bytes of their files
 * @param storedBytes bytes of their segments, each counted as often as it is needed
 * @param newBytes bytes of them that each brought when it was made
 */
public record KeptTotals(long snapshots, long plainBytes, long storedBytes, long newBytes) {
    static final KeptTotals NOTHING = new KeptTotals(0, 0, 0, 0);

    KeptTotals plus(KeptTotals other) {
        return new KeptTotals(
                snapshots + other.snapshots,
                plainBytes + other.plainBytes,
                storedBytes + other.storedBytes,
                newBytes + other.newBytes);
    }
}
