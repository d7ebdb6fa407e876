package dev.holdfast.store.cipher;

import dev.holdfast.contract.trouble.Unavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/** Remembers how the last request to the keeper of master keys went. */
final class WatchedKeys implements KeyWrapper {
    private final KeyWrapper keys;
    private final Clock clock;
    private volatile Instant answered;
    private volatile Instant failed;
    private volatile String failure;

    WatchedKeys(KeyWrapper keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    KeyHealth health() {
        return new KeyHealth(answered, failed, failure);
    }

    @Override
    public String kind() {
        return keys.kind();
    }

    @Override
    public String place() {
        return keys.place();
    }

    @Override
    public boolean isRemote() {
        return keys.isRemote();
    }

    @Override
    public String establish(String storeId) {
        return watched(() -> keys.establish(storeId));
    }

    @Override
    public String renew(String storeId, String current, int number) {
        return watched(() -> keys.renew(storeId, current, number));
    }

    @Override
    public byte[] wrap(String masterKey, byte[] plain, byte[] bound) {
        return watched(() -> keys.wrap(masterKey, plain, bound));
    }

    @Override
    public byte[] unwrap(String masterKey, byte[] wrapped, byte[] bound) throws NotThatKey {
        try {
            byte[] plain = keys.unwrap(masterKey, wrapped, bound);
            answered = clock.instant();
            return plain;
        } catch (Unavailable e) {
            note(e);
            throw e;
        } catch (NotThatKey e) {
            note(e);
            throw e;
        }
    }

    @Override
    public void close() {
        keys.close();
    }

    private <T> T watched(Supplier<T> request) {
        try {
            T answer = request.get();
            answered = clock.instant();
            return answer;
        } catch (Unavailable e) {
            note(e);
            throw e;
        }
    }

    private void note(Exception e) {
        failure = e.getMessage();
        failed = clock.instant();
    }
}
