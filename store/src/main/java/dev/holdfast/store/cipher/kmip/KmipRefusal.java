package dev.holdfast.store.cipher.kmip;

/** The server understood and did not do it. */
final class KmipRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient KmipOperation operation;
    private final int reason;

    /** {@code message} is the server's own, and may be empty. */
    KmipRefusal(KmipOperation operation, int reason, String message) {
        super(operation.text() + ": " + KmipReasons.meaning(reason)
                + (message.isEmpty() ? "" : " (the server says: " + message + ")"));
        this.operation = operation;
        this.reason = reason;
    }

    /** Result reason (9.1.3.2.29). */
    int reason() {
        return reason;
    }

    /** What an operator can do. */
    String hint() {
        return KmipReasons.hint(operation, reason);
    }
}
