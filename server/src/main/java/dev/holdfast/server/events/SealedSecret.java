package dev.holdfast.server.events;

import dev.holdfast.contract.trouble.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The secret of a webhook as the database holds it: AES-256-GCM with its nonce in front, bound to the webhook, as the HA1s
 * of keys are.
 *
 * @param keyId which key sealed it
 * @param text base64 of nonce, cipher text and tag
 */
record SealedSecret(String keyId, String text) {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    static SealedSecret seal(SealKey key, String hook, String secret, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, hook, nonce).doFinal(secret.getBytes(StandardCharsets.US_ASCII));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return new SealedSecret(key.id(), Base64.getEncoder().encodeToString(all));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * The secret.
     *
     * @throws Unavailable if the key is gone or the row was tampered with
     */
    String open(List<SealKey> keys, String hook) {
        SealKey key = keys.stream()
                .filter(one -> one.id().equals(keyId))
                .findFirst()
                .orElseThrow(() -> new Unavailable("the secret of webhook " + hook
                        + " was sealed with a line that secrets.key lacks"
                        + "\nHINT: bring that line back, or delete the webhook and make a new one."));
        try {
            byte[] all = Base64.getDecoder().decode(text);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, hook, Arrays.copyOf(all, NONCE_BYTES))
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unavailable(
                    "the secret of webhook " + hook + " cannot be read: its row was changed"
                            + "\nHINT: delete the webhook and make a new one.",
                    e);
        }
    }

    private static Cipher cipher(int mode, SealKey key, String hook, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("webhook:" + hook).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
