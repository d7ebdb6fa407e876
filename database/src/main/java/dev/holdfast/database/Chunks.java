package dev.holdfast.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Asks about many keys with few statements: databases bound how many values one may have. */
public final class Chunks {
    private static final int SIZE = 1000;

    private Chunks() {}

    /**
     * What {@code query} answers for all keys together, in the order of the keys' chunks.
     *
     * @param query is given at least one key and at most 1000
     */
    public static <K, R> List<R> of(Collection<K> keys, Function<List<K>, List<R>> query) {
        List<K> all = List.copyOf(keys);
        List<R> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += SIZE) {
            found.addAll(query.apply(all.subList(from, Math.min(all.size(), from + SIZE))));
        }
        return found;
    }
}
