package dev.holdfast.server.access;

import dev.holdfast.contract.trouble.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * An HA1 as the database holds it: AES-256-GCM with a random 96-bit nonce in front, bound to the public key, so that a
 * row's HA1 copied into another row opens nothing. A copy of the database alone signs nobody in.
 *
 * @param secretId which line of {@code secrets.key} sealed it
 * @param text base64 of nonce, cipher text and tag
 */
record SealedHa1(String secretId, String text) {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    static SealedHa1 seal(SecretsKey secrets, String publicKey, Ha1 ha1, SecureRandom random) {
        Secret secret = secrets.current();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, secret, publicKey, nonce).doFinal(ha1.bytes());
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return new SealedHa1(secret.id(), Base64.getEncoder().encodeToString(all));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * The HA1.
     *
     * @throws Unavailable if {@code secrets.key} is another one, or the row was tampered with
     */
    Ha1 open(SecretsKey secrets, String publicKey) {
        Secret secret = secrets.byId(secretId);
        if (secret == null) {
            throw unreadable(
                    publicKey, "it was sealed with the secret " + secretId + ", which secrets.key lacks", null);
        }
        try {
            byte[] all = Base64.getDecoder().decode(text);
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            return new Ha1(cipher(Cipher.DECRYPT_MODE, secret, publicKey, nonce)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable(publicKey, "its row was changed by something else than Holdfast", e);
        }
    }

    private static Cipher cipher(int mode, Secret secret, String publicKey, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, secret.sealKey(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("ha1:" + publicKey).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static Unavailable unreadable(String publicKey, String why, Exception cause) {
        return new Unavailable(
                "the API key " + publicKey + " cannot be read: " + why
                        + "\nHINT: bring back the secrets.key of this database; if it is lost, docs/operations.md tells how to"
                        + " begin anew with the same store.",
                cause);
    }
}
