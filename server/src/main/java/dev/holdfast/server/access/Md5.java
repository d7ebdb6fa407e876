package dev.holdfast.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * MD5 over joined texts, because that is what the documented digest is made of. One instance of the algorithm per
 * thread: looking one up costs more than the hash.
 */
final class Md5 {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ThreadLocal<MessageDigest> digests = ThreadLocal.withInitial(Md5::newDigest);

    /** The hash of {@code texts} joined by colons; characters are single bytes, as HTTP sends them. */
    byte[] joined(String... texts) {
        MessageDigest digest = digests.get();
        for (int i = 0; i < texts.length; i++) {
            if (i > 0) {
                digest.update((byte) ':');
            }
            digest.update(texts[i].getBytes(StandardCharsets.ISO_8859_1));
        }
        return digest.digest();
    }

    /** As {@link #joined}, with a first and a last text that are bytes already. */
    byte[] joined(byte[] first, String nonce, String nc, String cnonce, String qop, byte[] last) {
        MessageDigest digest = digests.get();
        digest.update(first);
        for (String text : new String[] {nonce, nc, cnonce, qop}) {
            digest.update((byte) ':');
            digest.update(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        digest.update((byte) ':');
        digest.update(last);
        return digest.digest();
    }

    /** Lower-case hexadecimal digits as bytes. */
    static byte[] hex(byte[] bytes) {
        byte[] text = new byte[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            text[2 * i] = HEX[bytes[i] >> 4 & 0xf];
            text[2 * i + 1] = HEX[bytes[i] & 0xf];
        }
        return text;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
