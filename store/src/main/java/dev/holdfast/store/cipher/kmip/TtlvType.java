package dev.holdfast.store.cipher.kmip;

/** Types of items, by their byte (9.1.1.2), and what a {@link Ttlv} holds for each. */
enum TtlvType {
    /** {@code List<Ttlv>}. */
    STRUCTURE(1, -1),
    /** {@code Integer}. */
    INTEGER(2, 4),
    /** {@code Long}. */
    LONG(3, 8),
    /** {@code byte[]}, two's complement. */
    BIG_INTEGER(4, -1),
    /** {@code Integer}. */
    ENUMERATION(5, 4),
    /** {@code Boolean}. */
    BOOLEAN(6, 8),
    /** {@code String}. */
    TEXT(7, -1),
    /** {@code byte[]}. */
    BYTES(8, -1),
    /** {@code Long}, seconds since 1970. */
    DATE_TIME(9, 8),
    /** {@code Integer}, seconds; unsigned. */
    INTERVAL(10, 4);

    private final int code;
    private final int length;

    TtlvType(int code, int length) {
        this.code = code;
        this.length = length;
    }

    int code() {
        return code;
    }

    /** Bytes that every value has, or -1 if they differ. */
    int length() {
        return length;
    }

    static TtlvType of(int code) throws BadTtlv {
        for (TtlvType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new BadTtlv("there is no type " + code);
    }
}
