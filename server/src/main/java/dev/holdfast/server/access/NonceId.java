package dev.holdfast.server.access;

/**
 * What identifies one of our nonces: when it was made, then chance. Ordered by age.
 *
 * @param millis when it was made, milliseconds since the epoch
 * @param chance 64 random bits
 */
record NonceId(long millis, long chance) implements Comparable<NonceId> {
    @Override
    public int compareTo(NonceId other) {
        int byTime = Long.compare(millis, other.millis);
        return byTime != 0 ? byTime : Long.compare(chance, other.chance);
    }
}
