package dev.holdfast.server.audit;

/** What a record is about. */
public enum AuditKind {
    /** A request that changed something, or was refused to. */
    CHANGE,
    /** A key that was made, over HTTP or at the console. */
    KEY,
    /** Credentials that proved nobody; sign-ins from a browser and their ends. */
    SIGN_IN,
    /** A download that began, counted, was refused, used its link up; a link that expired. */
    DOWNLOAD,
    /** A snapshot that began, got a part, was completed, or was deleted by name or by age. */
    SNAPSHOT
}
