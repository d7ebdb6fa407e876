package dev.holdfast.store.pack;

/**
 * A pack of a project.
 *
 * @param hex 32 lower-case hexadecimal digits, random
 */
public record PackId(String hex) implements Comparable<PackId> {
    /** Bytes of the id in a file. */
    public static final int LENGTH = 16;

    /** Refuses anything but 32 lower-case hexadecimal digits. */
    public PackId {
        if (!hex.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("not a pack id: " + hex);
        }
    }

    @Override
    public int compareTo(PackId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
