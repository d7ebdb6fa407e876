package dev.holdfast.server.schedule;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;

/** How an agent would sign in to a cluster. Source: the {@code authMechanismName} of "Backup Configurations". */
enum AuthMechanism {
    NONE("NONE", false, false, false),
    MONGODB_CR("MONGODB_CR", true, true, false),
    SCRAM_SHA_1("SCRAM-SHA-1", true, true, false),
    SCRAM_SHA_256("SCRAM-SHA-256", true, true, false),
    PLAIN("PLAIN", true, true, false),
    GSSAPI("GSSAPI", true, false, false),
    MONGODB_X509("MONGODB_X509", true, false, true);

    private final String text;
    private final boolean hasUser;
    private final boolean hasPassword;
    private final boolean needsSsl;

    AuthMechanism(String text, boolean hasUser, boolean hasPassword, boolean needsSsl) {
        this.text = text;
        this.hasUser = hasUser;
        this.hasPassword = hasPassword;
        this.needsSsl = needsSsl;
    }

    /** The API's name. */
    String text() {
        return text;
    }

    /** Whether a user name goes with a password. */
    boolean needsPassword() {
        return hasPassword;
    }

    /** The mechanism of that name; {@code -} and {@code _} are one. */
    static AuthMechanism of(String name) {
        for (AuthMechanism mechanism : values()) {
            if (mechanism.text.replace('-', '_').equals(name.replace('-', '_'))) {
                return mechanism;
            }
        }
        throw new Refusal(ErrorCode.INVALID_AUTH_MECHANISM, name);
    }

    /**
     * Refuses credentials that do not go with it.
     *
     * @param username null for none
     * @param password whether there is one
     */
    void check(String username, boolean password, boolean ssl) {
        if (!hasUser && (username != null || password)) {
            throw new Refusal(ErrorCode.CANNOT_SET_CREDENTIALS_FOR_AUTH_MECHANISM);
        }
        if (!hasPassword && password) {
            throw new Refusal(ErrorCode.CANNOT_SET_PASSWORD_FOR_AUTH_MECHANISM);
        }
        if (hasUser && username == null) {
            throw new Refusal(ErrorCode.MISSING_CREDENTIALS_FOR_AUTH_MECHANISM, text);
        }
        if (hasPassword && !password) {
            throw new Refusal(ErrorCode.MISSING_PASSWORD);
        }
        if (needsSsl && !ssl) {
            throw new Refusal(ErrorCode.AUTH_MECHANISM_REQUIRES_SSL, text);
        }
    }
}
