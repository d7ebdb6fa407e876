package dev.holdfast.server.http;

/** What a caller must have for a route. The table from roles to needs is in {@code access}. */
public enum Need {
    /** Nothing: no authentication. */
    NOTHING,
    /** A valid key; the answer shows only what the key sees. */
    KEY,
    /** Any role that reads the project named in the path. */
    READ,
    /** A backup role in the project named in the path (backup admin, owner). */
    BACKUP,
    /** A backup role in the whole installation (global backup admin, global owner). */
    GLOBAL_BACKUP,
    /** A role that changes the deployment of the project in the path (owner, monitoring or automation admin). */
    MONITOR,
    /** The owner of the project in the path. */
    ADMIN,
    /** A key of the organisation in the path. */
    ORG_READ,
    /** The owner of the organisation in the path. */
    ORG_ADMIN,
    /** Any role in the whole installation. */
    GLOBAL_READ,
    /** The owner of the whole installation. */
    GLOBAL_ADMIN,
    /** The agent key of the project in the path. */
    AGENT
}
