package dev.holdfast.server.access;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;

/**
 * Makes nonces and knows its own again, without remembering any: so challenges cost no memory however many are asked
 * for, and each node with the same {@code secrets.key} knows the others'.
 *
 * <p>33 bytes: which secret (1), milliseconds since the epoch (8), chance (8), HMAC-SHA256 of these cut to 16. In
 * base64url that is 44 characters without padding or spare bits, so no two texts mean the same nonce, and there is no
 * {@code =}, comma or quote in them, which break clients (contract file 01, 2.3).
 */
final class Nonces {
    private static final int SIGNED_BYTES = 17;
    private static final int MAC_BYTES = 16;
    private static final int TEXT_LENGTH = 44;
    /** How far another node's clock may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final SecretsKey secrets;
    private final RandomGenerator random;
    private final long lifetimeMillis;
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(Nonces::newMac);

    Nonces(SecretsKey secrets, Duration lifetime, RandomGenerator random) {
        this.secrets = secrets;
        this.lifetimeMillis = lifetime.toMillis();
        this.random = random;
    }

    /** A new nonce. */
    String issue(Instant now) {
        Secret secret = secrets.current();
        ByteBuffer nonce = ByteBuffer.allocate(SIGNED_BYTES + MAC_BYTES)
                .put(secret.tag())
                .putLong(now.toEpochMilli())
                .putLong(random.nextLong());
        nonce.put(sign(secret, nonce.array()), 0, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce.array());
    }

    /** The nonce that {@code text} is, if we or a node that shares our secrets made it, and it is not too old. */
    Optional<NonceId> accept(String text, Instant now) {
        if (text.length() != TEXT_LENGTH) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != SIGNED_BYTES + MAC_BYTES || !signed(bytes)) {
            return Optional.empty();
        }
        NonceId nonce = new NonceId(
                ByteBuffer.wrap(bytes, 1, Long.BYTES).getLong(),
                ByteBuffer.wrap(bytes, 1 + Long.BYTES, Long.BYTES).getLong());
        long age = now.toEpochMilli() - nonce.millis();
        return age > lifetimeMillis || age < -AHEAD.toMillis() ? Optional.empty() : Optional.of(nonce);
    }

    /** When {@code nonce} is accepted by nobody any more, a node whose clock is behind included. */
    Instant end(NonceId nonce) {
        return Instant.ofEpochMilli(nonce.millis() + lifetimeMillis).plus(AHEAD);
    }

    private boolean signed(byte[] nonce) {
        byte[] mac = Arrays.copyOfRange(nonce, SIGNED_BYTES, nonce.length);
        for (Secret secret : secrets.all()) {
            if (secret.tag() == nonce[0] && MessageDigest.isEqual(mac, Arrays.copyOf(sign(secret, nonce), MAC_BYTES))) {
                return true;
            }
        }
        return false;
    }

    private byte[] sign(Secret secret, byte[] nonce) {
        Mac mac = macs.get();
        try {
            mac.init(secret.nonceKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an HMAC takes any key", e);
        }
        mac.update(nonce, 0, SIGNED_BYTES);
        return mac.doFinal();
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance(Secret.HMAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
