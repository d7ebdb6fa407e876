package dev.holdfast.store.pack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Keeps what was used last, up to a total weight, but always the newest. Loads outside of its lock: two threads may load
 * the same, and then the first one's is kept.
 */
final class BoundedCache<K, V> {
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long capacity;
    private final ToIntFunction<V> weigher;
    private final Consumer<V> dropped;
    private long weight;

    BoundedCache(long capacity, ToIntFunction<V> weigher, Consumer<V> dropped) {
        this.capacity = capacity;
        this.weigher = weigher;
        this.dropped = dropped;
    }

    V get(K key, Supplier<V> load) {
        synchronized (this) {
            V known = entries.get(key);
            if (known != null) {
                return known;
            }
        }
        V loaded = load.get();
        synchronized (this) {
            V other = entries.putIfAbsent(key, loaded);
            if (other != null) {
                dropped.accept(loaded);
                return other;
            }
            weight += weigher.applyAsInt(loaded);
            shrink(key);
            return loaded;
        }
    }

    synchronized void remove(K key, V value) {
        if (entries.remove(key, value)) {
            drop(value);
        }
    }

    synchronized void remove(K key) {
        V value = entries.remove(key);
        if (value != null) {
            drop(value);
        }
    }

    synchronized void clear() {
        entries.values().forEach(dropped);
        entries.clear();
        weight = 0;
    }

    private void shrink(K newest) {
        var eldest = entries.entrySet().iterator();
        while (weight > capacity && eldest.hasNext()) {
            Map.Entry<K, V> entry = eldest.next();
            if (!entry.getKey().equals(newest)) {
                eldest.remove();
                drop(entry.getValue());
            }
        }
    }

    private void drop(V value) {
        weight -= weigher.applyAsInt(value);
        dropped.accept(value);
    }
}
