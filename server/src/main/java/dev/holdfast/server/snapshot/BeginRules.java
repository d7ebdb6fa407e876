package dev.holdfast.server.snapshot;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What may begin a snapshot or a part. Texts end up in restoreInfo.txt, one line each, so a line break in one would
 * forge another.
 */
final class BeginRules {
    // not only UUIDs: servers number their keys as they like, and mongod takes any of these
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    static final Duration DEFAULT_LIFE = Duration.ofDays(7);

    private static final long MAX_HOURS = 10L * 366 * 24;
    private static final long MAX_UINT32 = 0xffff_ffffL;
    private static final int MAX_NAME = 128;
    private static final int MAX_OPTIONS = 4096;

    private BeginRules() {}

    /** How long a snapshot lives. */
    static Duration life(Long expiresInHours) {
        if (expiresInHours == null) {
            return DEFAULT_LIFE;
        }
        if (expiresInHours <= 0) {
            throw new Refusal(ErrorCode.ATTRIBUTE_NEGATIVE_OR_ZERO, "expiresInHours");
        }
        if (expiresInHours > MAX_HOURS) {
            throw invalid("expiresInHours", "it must be at most " + MAX_HOURS + " (ten years)");
        }
        return Duration.ofHours(expiresInHours);
    }

    /** Refuses neither or both of the two. */
    static void oneOf(String clusterId, String hostId) {
        if (clusterId == null && hostId == null) {
            throw new Refusal(ErrorCode.MISSING_ONE_OF_ATTRIBUTES, "clusterId", "hostId");
        }
        if (clusterId != null && hostId != null) {
            throw invalid("hostId", "give clusterId or hostId, not both");
        }
    }

    static void check(BeginPart wanted) {
        oneOf(wanted.clusterId(), wanted.hostId());
        if (wanted.timestampSeconds() <= 0 || wanted.timestampSeconds() > MAX_UINT32) {
            throw invalid("timestampSeconds", "it must be seconds since the epoch, 1 to 4294967295");
        }
        if (wanted.timestampIncrement() < 0 || wanted.timestampIncrement() > MAX_UINT32) {
            throw invalid("timestampIncrement", "it must be 0 to 4294967295");
        }
        text("storageEngine", wanted.storageEngine(), MAX_NAME);
        text("mongodOptions", wanted.mongodOptions(), MAX_OPTIONS);
        text("masterKeyUUID", wanted.masterKeyUUID(), MAX_NAME);
        boolean hasKey =
                wanted.masterKeyUUID() != null && !wanted.masterKeyUUID().isBlank();
        if (wanted.encryptionEnabled() && !hasKey) {
            throw new Refusal(ErrorCode.MISSING_ATTRIBUTE, "masterKeyUUID");
        }
        if (!wanted.encryptionEnabled() && hasKey) {
            throw invalid("masterKeyUUID", "encryptionEnabled is false");
        }
        if (hasKey && !KEY_ID.matcher(wanted.masterKeyUUID()).matches()) {
            throw invalid(
                    "masterKeyUUID",
                    "a KMIP server's id of a key has 1 to 128 letters, digits and .-_:, and begins with a letter or a"
                            + " digit");
        }
    }

    static Refusal invalid(String attribute, String why) {
        return new Refusal(ErrorCode.INVALID_ATTRIBUTE, attribute)
                .saying("Invalid attribute " + attribute + " specified: " + why + ".");
    }

    private static void text(String attribute, String value, int max) {
        if (value != null && (value.length() > max || value.chars().anyMatch(BeginRules::breaksLine))) {
            throw invalid(attribute, "it must have at most " + max + " characters and no control characters");
        }
    }

    private static boolean breaksLine(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
