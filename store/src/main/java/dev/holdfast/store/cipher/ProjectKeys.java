package dev.holdfast.store.cipher;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The unwrapped keys of a project. Immutable.
 *
 * @param nameKey hides names of pages; never changes
 * @param dataKeys by generation, the first is generation 1; the last seals new files
 */
record ProjectKeys(byte[] nameKey, List<DataKey> dataKeys) {
    ProjectKeys {
        dataKeys = List.copyOf(dataKeys);
    }

    static ProjectKeys make(SecureRandom random) {
        return new ProjectKeys(fresh(random), List.of(new DataKey(1, fresh(random))));
    }

    /** With one generation more. */
    ProjectKeys renewed(SecureRandom random) {
        List<DataKey> more = new ArrayList<>(dataKeys);
        more.add(new DataKey(dataKeys.size() + 1, fresh(random)));
        return new ProjectKeys(nameKey, more);
    }

    DataKey newest() {
        return dataKeys.get(dataKeys.size() - 1);
    }

    /** The key of a generation, or null if this ring does not have it. */
    DataKey generation(int number) {
        return number >= 1 && number <= dataKeys.size() ? dataKeys.get(number - 1) : null;
    }

    /** As they are wrapped: the name key, then the data keys. */
    byte[] bytes() {
        byte[] all = Arrays.copyOf(nameKey, KeyWrap.KEY * (1 + dataKeys.size()));
        for (DataKey key : dataKeys) {
            System.arraycopy(key.bytes(), 0, all, KeyWrap.KEY * key.generation(), KeyWrap.KEY);
        }
        return all;
    }

    /** The inverse of {@link #bytes}. */
    static ProjectKeys of(byte[] bytes) {
        List<DataKey> keys = new ArrayList<>();
        for (int generation = 1; generation < bytes.length / KeyWrap.KEY; generation++) {
            int at = KeyWrap.KEY * generation;
            keys.add(new DataKey(generation, Arrays.copyOfRange(bytes, at, at + KeyWrap.KEY)));
        }
        return new ProjectKeys(Arrays.copyOf(bytes, KeyWrap.KEY), keys);
    }

    private static byte[] fresh(SecureRandom random) {
        byte[] key = new byte[KeyWrap.KEY];
        random.nextBytes(key);
        return key;
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return dataKeys.size() + " data keys";
    }
}
