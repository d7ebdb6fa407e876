package dev.holdfast.server.access;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the key that signed a request.
 *
 * <p>An unknown key must look like a wrong private key, in time as well. So a failing request takes the same steps
 * whoever it names: a check against a cached or a dummy HA1, the read of one row, the opening of one sealed HA1, a
 * second check. The second check also finds a private key that another node changed a moment ago.
 */
final class SignIn {
    private static final String NOBODY = "nobody";
    private static final int HA1_BYTES = 16;

    private final Keys keys;
    private final SecretsKey secrets;
    private final DigestCheck digest = new DigestCheck();
    private final Ha1 nobodysHa1;
    private final SealedHa1 nobodysSealedHa1;

    SignIn(Keys keys, SecretsKey secrets, SecureRandom random) {
        this.keys = keys;
        this.secrets = secrets;
        byte[] chance = new byte[HA1_BYTES];
        random.nextBytes(chance);
        this.nobodysHa1 = new Ha1(chance);
        this.nobodysSealedHa1 = SealedHa1.seal(secrets, NOBODY, nobodysHa1, random);
    }

    /**
     * What a header proves.
     *
     * @param name of the key that it names, null when there is no such key
     * @param caller empty when it proves nothing
     */
    record Claim(String name, Optional<KeyCaller> caller) {}

    /** The key whose holder sent {@code header} with this request, if it did. Says nothing about the nonce. */
    Claim claim(String method, String target, AuthorizationHeader header, Instant now) {
        KnownKeys.Known known = keys.known().get(header.username(), now);
        boolean proven = digest.proves(known == null ? nobodysHa1 : known.ha1(), method, target, header);
        if (known != null && proven) {
            return new Claim(known.caller().name(), Optional.of(known.caller()));
        }
        long clearings = keys.known().clearings();
        KeyTable.Signature key = keys.signature(header.username()).orElse(null);
        Ha1 ha1 =
                key == null ? nobodysSealedHa1.open(secrets, NOBODY) : key.ha1().open(secrets, key.publicKey());
        if (!digest.proves(ha1, method, target, header) || key == null) {
            return new Claim(key == null ? null : key.publicKey(), Optional.empty());
        }
        KeyCaller caller = keys.caller(key);
        keys.known().put(new KnownKeys.Known(caller, ha1, now), clearings);
        return new Claim(caller.name(), Optional.of(caller));
    }
}
