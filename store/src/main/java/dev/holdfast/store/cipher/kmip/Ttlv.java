package dev.holdfast.store.cipher.kmip;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An item of KMIP's encoding: tag, type, length, value (section 9.1 of the specification).
 *
 * @param tag three bytes, 42xxxx for the standard's own
 * @param value as its type has it: see {@link TtlvType}
 */
record Ttlv(int tag, TtlvType type, Object value) {
    Ttlv {
        Objects.requireNonNull(value);
    }

    static Ttlv structure(int tag, Ttlv... items) {
        return new Ttlv(tag, TtlvType.STRUCTURE, List.of(items));
    }

    static Ttlv structure(int tag, List<Ttlv> items) {
        return new Ttlv(tag, TtlvType.STRUCTURE, List.copyOf(items));
    }

    static Ttlv integer(int tag, int value) {
        return new Ttlv(tag, TtlvType.INTEGER, value);
    }

    static Ttlv enumeration(int tag, int value) {
        return new Ttlv(tag, TtlvType.ENUMERATION, value);
    }

    static Ttlv text(int tag, String value) {
        return new Ttlv(tag, TtlvType.TEXT, value);
    }

    static Ttlv bytes(int tag, byte[] value) {
        return new Ttlv(tag, TtlvType.BYTES, value);
    }

    /** The items of a structure. */
    @SuppressWarnings("unchecked") // only lists of items are made
    List<Ttlv> items() throws BadTtlv {
        require(TtlvType.STRUCTURE);
        return (List<Ttlv>) value;
    }

    /** The first item with that tag. */
    Optional<Ttlv> find(int wanted) throws BadTtlv {
        return items().stream().filter(item -> item.tag == wanted).findFirst();
    }

    /** The same; throws if there is none. */
    Ttlv child(int wanted) throws BadTtlv {
        Optional<Ttlv> found = find(wanted);
        if (found.isEmpty()) {
            throw new BadTtlv(Integer.toHexString(wanted) + " is missing in " + Integer.toHexString(tag));
        }
        return found.get();
    }

    /** All items with that tag. */
    List<Ttlv> children(int wanted) throws BadTtlv {
        return items().stream().filter(item -> item.tag == wanted).toList();
    }

    String asText() throws BadTtlv {
        require(TtlvType.TEXT);
        return (String) value;
    }

    byte[] asBytes() throws BadTtlv {
        require(TtlvType.BYTES);
        return (byte[]) value;
    }

    int asEnumeration() throws BadTtlv {
        require(TtlvType.ENUMERATION);
        return (Integer) value;
    }

    int asInteger() throws BadTtlv {
        require(TtlvType.INTEGER);
        return (Integer) value;
    }

    private void require(TtlvType wanted) throws BadTtlv {
        if (type != wanted) {
            throw new BadTtlv(Integer.toHexString(tag) + " is of type " + type + ", not " + wanted);
        }
    }

    /** Without the value, which may be a key. */
    @Override
    public String toString() {
        return Integer.toHexString(tag) + " " + type;
    }
}
