package dev.holdfast.store.cipher;

import dev.holdfast.store.cipher.KeyWrapper.NotThatKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.spec.SecretKeySpec;

/** Wraps with a master key whose bytes are at hand. */
public final class KeyWrap {
    /** Bytes of a master key, a data key and a name key. */
    public static final int KEY = 32;

    private KeyWrap() {}

    /** Nonce, ciphertext, tag. */
    public static byte[] wrap(byte[] masterKey, byte[] plain, byte[] bound, SecureRandom random) {
        byte[] wrapped = new byte[plain.length + SegmentCipher.OVERHEAD];
        new SegmentCipher()
                .seal(new SecretKeySpec(masterKey, "AES"), bound, random, plain, 0, plain.length, wrapped, 0);
        return wrapped;
    }

    /** The inverse; {@code id} is for the message. */
    public static byte[] unwrap(byte[] masterKey, byte[] wrapped, byte[] bound, String id) throws NotThatKey {
        if (wrapped.length < SegmentCipher.OVERHEAD) {
            throw new NotThatKey(id);
        }
        ByteBuffer plain = ByteBuffer.allocate(wrapped.length - SegmentCipher.OVERHEAD);
        SecretKeySpec key = new SecretKeySpec(masterKey, "AES");
        if (!new SegmentCipher().open(key, bound, wrapped, 0, wrapped.length, plain)) {
            throw new NotThatKey(id);
        }
        return plain.array();
    }
}
