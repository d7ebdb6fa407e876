package dev.holdfast.store.cipher;

import dev.holdfast.contract.trouble.Unavailable;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A key server in memory that can be switched off. */
final class MemoryMasterKeys implements KeyWrapper {
    final Map<String, byte[]> keys = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile boolean down;
    private final SecureRandom random = new SecureRandom();

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public String place() {
        return "key server in memory";
    }

    @Override
    public String establish(String storeId) {
        return make(1);
    }

    @Override
    public String renew(String storeId, String current, int number) {
        return make(number);
    }

    private String make(int number) {
        requireUp();
        byte[] key = new byte[32];
        random.nextBytes(key);
        keys.putIfAbsent("memory:" + number, key);
        return "memory:" + number;
    }

    @Override
    public byte[] wrap(String masterKey, byte[] plain, byte[] bound) {
        return KeyWrap.wrap(key(masterKey), plain, bound, random);
    }

    @Override
    public byte[] unwrap(String masterKey, byte[] wrapped, byte[] bound) throws NotThatKey {
        return KeyWrap.unwrap(key(masterKey), wrapped, bound, masterKey);
    }

    private byte[] key(String id) {
        requireUp();
        byte[] key = keys.get(id);
        if (key == null) {
            throw new Unavailable("there is no master key " + id);
        }
        return key;
    }

    private void requireUp() {
        asked.incrementAndGet();
        if (down) {
            throw new Unavailable("the key server in memory is down\nHINT: switch it on.");
        }
    }

    @Override
    public void close() {}
}
