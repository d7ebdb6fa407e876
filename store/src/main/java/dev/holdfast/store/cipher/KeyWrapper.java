package dev.holdfast.store.cipher;

/**
 * Wraps and unwraps data keys with a master key that is kept elsewhere. Ids of master keys are {@code KIND:NAME},
 * printable ASCII without spaces; they are no secret and stand in the store. Safe for several threads.
 *
 * <p>Every method but {@link #kind} and {@link #close} may throw {@link dev.holdfast.contract.trouble.Unavailable}: the
 * key server does not answer or refuses, the key file lacks the key. Nothing is lost then.
 */
public interface KeyWrapper extends AutoCloseable {
    /** What ids begin with, before the colon. */
    String kind();

    /** Where keys come from, for messages and status; never a secret. */
    String place();

    /** Whether it is elsewhere and may come back by itself, so that a server starts without it. */
    default boolean isRemote() {
        return false;
    }

    /**
     * Id of the master key for a store that has none yet; makes one where that is the custom. Called again after a
     * crash, it answers the same key.
     *
     * @param storeId 32 hexadecimal digits
     */
    String establish(String storeId);

    /**
     * Id of another master key than {@code current}; makes one if need be. Called again after a crash, it answers the
     * same key.
     *
     * @param number of the change, from 2 for the first
     */
    String renew(String storeId, String current, int number);

    /** Wraps {@code plain}; {@link #unwrap} will need the same {@code bound}. Answers nonce, ciphertext and tag. */
    byte[] wrap(String masterKey, byte[] plain, byte[] bound);

    /**
     * The inverse of {@link #wrap}.
     *
     * @throws NotThatKey if it was wrapped with another key, or not with {@code bound}, or is damaged
     */
    byte[] unwrap(String masterKey, byte[] wrapped, byte[] bound) throws NotThatKey;

    @Override
    void close();

    /** The tag says that key, bytes and what they are bound to do not belong together. */
    final class NotThatKey extends Exception {
        private static final long serialVersionUID = 1;

        /** Names the master key. */
        public NotThatKey(String masterKey) {
            super("they cannot be unwrapped with master key " + masterKey);
        }
    }
}
