package dev.holdfast.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** 256 random bits that are as good as a key while their session lives; they show in no text but the cookie. */
final class SessionToken {
    private static final int BYTES = 32;
    private static final int LENGTH = 43;

    private final String text;

    private SessionToken(String text) {
        this.text = text;
    }

    static SessionToken make(SecureRandom random) {
        byte[] chance = new byte[BYTES];
        random.nextBytes(chance);
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(chance));
    }

    /** What a cookie holds; null for what cannot be a token. */
    static SessionToken parse(String cookie) {
        return cookie.length() == LENGTH ? new SessionToken(cookie) : null;
    }

    /** For the cookie. */
    String text() {
        return text;
    }

    /** Its SHA-256 in lower-case hexadecimal. */
    String hash() {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether {@code stored} is its hash, in a time that does not depend on how much of it is. */
    boolean isOf(String stored) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "SessionToken[hidden]";
    }
}
