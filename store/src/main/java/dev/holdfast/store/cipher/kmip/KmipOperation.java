package dev.holdfast.store.cipher.kmip;

/** What may be asked of a server (section 4), and whether asking twice is as good as once. */
enum KmipOperation {
    CREATE(0x01, false),
    REGISTER(0x03, false),
    LOCATE(0x08, true),
    GET(0x0A, true),
    ACTIVATE(0x12, false),
    QUERY(0x18, true);

    private final int code;
    private final boolean repeatable;

    KmipOperation(int code, boolean repeatable) {
        this.code = code;
        this.repeatable = repeatable;
    }

    int code() {
        return code;
    }

    boolean repeatable() {
        return repeatable;
    }

    /** As the specification writes it. */
    String text() {
        return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
