package dev.holdfast.cli.fetch;

import java.util.ArrayDeque;

/** Bytes a second over the last ten looks or so. */
final class Rate {
    private static final int LOOKS = 10;

    private final ArrayDeque<long[]> looks = new ArrayDeque<>();

    /** A look at {@code nanos} (of any clock that does not go back), when {@code bytes} were there. */
    double at(long nanos, long bytes) {
        looks.addLast(new long[] {nanos, bytes});
        if (looks.size() > LOOKS) {
            looks.removeFirst();
        }
        long[] first = looks.getFirst();
        double seconds = (nanos - first[0]) / 1e9;
        return seconds <= 0 ? 0 : (bytes - first[1]) / seconds;
    }
}
