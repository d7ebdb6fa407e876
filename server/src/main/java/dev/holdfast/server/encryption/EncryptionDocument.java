package dev.holdfast.server.encryption;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.store.cipher.KeyHealth;
import dev.holdfast.store.cipher.KeyStatus;
import java.time.Instant;
import java.util.List;

/**
 * The answer.
 *
 * @param enabled whether the store is encrypted; nothing else is there if not
 * @param provider {@code keyfile} or {@code kmip}
 * @param masterKey id of the key that new data keys are wrapped with; absent before the first
 * @param keys how the keeper of master keys was met last
 * @param rotationUnfinished whether {@code holdfast store-keys rotate} was cut short; running it again finishes it
 * @param projects the data keys
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EncryptionDocument(
        boolean enabled,
        String provider,
        String masterKey,
        Keys keys,
        Boolean rotationUnfinished,
        List<Project> projects) {
    /**
     * The key file or the key server.
     *
     * @param state {@code UP}, {@code DOWN} or {@code UNKNOWN} (not asked yet)
     * @param lastAnswer ISO 8601
     * @param lastFailure ISO 8601
     * @param failure what was said then
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Keys(String place, String state, String lastAnswer, String lastFailure, String failure) {}

    /**
     * A project's data keys.
     *
     * @param dataKeys how many generations there are
     * @param rotations how often they were wrapped anew
     * @param inMemory whether this node can restore without asking for the master key now
     */
    record Project(String groupId, String masterKey, int dataKeys, int rotations, boolean inMemory) {}

    static EncryptionDocument of(KeyStatus status) {
        if (status == null) {
            return new EncryptionDocument(false, null, null, null, null, null);
        }
        KeyHealth health = status.health();
        Keys keys = new Keys(
                status.place(),
                health.state().name(),
                text(health.answered()),
                text(health.failed()),
                health.state() == KeyHealth.State.DOWN ? health.failure() : null);
        List<Project> projects = status.projects().stream()
                .map(ring -> new Project(
                        ring.project().hex(), ring.masterKey(), ring.dataKeys(), ring.number() - 1, ring.inMemory()))
                .toList();
        return new EncryptionDocument(true, status.kind(), status.masterKey(), keys, status.isMixed(), projects);
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
