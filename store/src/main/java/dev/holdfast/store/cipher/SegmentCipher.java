package dev.holdfast.store.cipher;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM with the nonce before and the tag behind the ciphertext. Keeps its cipher and its scratch bytes between
 * calls, for making them costs more than a segment does; for one thread at a time.
 */
final class SegmentCipher {
    static final int NONCE = 12;
    static final int TAG = 16;

    /** Bytes by which sealing makes longer. */
    static final int OVERHEAD = NONCE + TAG;

    private static final int TAG_BITS = 8 * TAG;

    private final Cipher cipher;
    private byte[] sealed = new byte[0];
    private byte[] plain = new byte[0];

    SegmentCipher() {
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** At least {@code length} bytes for what is sealed; the same array until it must grow. */
    byte[] sealedRoom(int length) {
        if (sealed.length < length) {
            sealed = new byte[Math.max(length, 2 * sealed.length)];
        }
        return sealed;
    }

    /** At least {@code length} bytes for plain text; the same array until it must grow. */
    byte[] plainRoom(int length) {
        if (plain.length < length) {
            plain = new byte[Math.max(length, 2 * plain.length)];
        }
        return plain;
    }

    /** Puts {@code length + OVERHEAD} bytes into {@code out}. */
    void seal(SecretKey key, byte[] bound, SecureRandom random, byte[] in, int offset, int length, byte[] out, int at) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, out, at, NONCE);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound);
            cipher.doFinal(in, offset, length, out, at + NONCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing " + length + " bytes", e);
        }
    }

    /**
     * Checks the tag of {@code length} sealed bytes and puts the plain ones into {@code target}, which has room for
     * them. False if the tag is wrong: then nothing was put.
     */
    boolean open(SecretKey key, byte[] bound, byte[] in, int offset, int length, ByteBuffer target) {
        int start = target.position();
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key,
                    new GCMParameterSpec(TAG_BITS, Arrays.copyOfRange(in, offset, offset + NONCE)));
            cipher.updateAAD(bound);
            cipher.doFinal(ByteBuffer.wrap(in, offset + NONCE, length - NONCE), target);
            return true;
        } catch (AEADBadTagException e) {
            target.position(start);
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening " + length + " bytes", e);
        }
    }
}
