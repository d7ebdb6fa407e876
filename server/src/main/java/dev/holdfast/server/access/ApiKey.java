package dev.holdfast.server.access;

import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.id.OrgId;
import java.time.Instant;
import java.util.List;

/**
 * An API key as it may be shown.
 *
 * @param id its id
 * @param publicKey what a caller signs in with, 8 lower-case letters
 * @param desc what its owner says it is for
 * @param maskedPrivateKey {@code ********-****-****-db2c132ca78d}: only the last group of the private key
 * @param grants its roles, sorted
 * @param created when it was made
 * @param org the organisation that it belongs to; null for a key of the whole installation
 */
public record ApiKey(
        KeyId id,
        String publicKey,
        String desc,
        String maskedPrivateKey,
        List<Grant> grants,
        Instant created,
        OrgId org) {
    /** Copies the list. */
    public ApiKey {
        grants = List.copyOf(grants);
    }
}
