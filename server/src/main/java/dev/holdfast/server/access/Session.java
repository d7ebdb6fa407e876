package dev.holdfast.server.access;

import dev.holdfast.contract.id.KeyId;
import java.time.Instant;

/**
 * Somebody who signed in from a browser.
 *
 * @param id 24 hexadecimal digits; opens nothing
 * @param key that it was opened with
 * @param publicKey of the key
 * @param created when it was opened
 * @param lastUsed when somebody at the page last asked for something, as far as it was written down
 */
public record Session(String id, KeyId key, String publicKey, Instant created, Instant lastUsed) {
    /** Whether its time is over. */
    boolean isOver(SessionSettings settings, Instant now) {
        return !now.isBefore(created.plus(settings.lifetime())) || !now.isBefore(lastUsed.plus(settings.idle()));
    }
}
