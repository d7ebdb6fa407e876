package dev.holdfast.store.cipher.kmip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Items as bytes and back. What is read is bounded in depth and in number of items; its length, by who reads it. */
final class TtlvCodec {
    /** Bytes of tag, type and length. */
    static final int HEAD = 8;

    /** Structures within structures; answers that we ask for have six. */
    static final int MOST_DEPTH = 16;

    /** Items in one message. */
    static final int MOST_ITEMS = 10_000;

    private static final int ALIGNMENT = 8;

    private TtlvCodec() {}

    static byte[] encode(Ttlv item) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(item, out);
        return out.toByteArray();
    }

    /** Reads exactly one item out of {@code bytes}. */
    static Ttlv decode(byte[] bytes) throws BadTtlv {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        Ttlv item = new Reader().read(source, 0);
        if (source.hasRemaining()) {
            throw new BadTtlv(source.remaining() + " bytes follow");
        }
        return item;
    }

    /** Length of the value that a head announces. */
    static int valueLength(byte[] head) throws BadTtlv {
        int length = ByteBuffer.wrap(head).getInt(4);
        if (length < 0) {
            throw new BadTtlv("a length of " + Integer.toUnsignedString(length));
        }
        return length;
    }

    private static void write(Ttlv item, ByteArrayOutputStream out) {
        byte[] value = value(item);
        out.writeBytes(ByteBuffer.allocate(HEAD)
                .putInt(item.tag() << 8 | item.type().code())
                .putInt(value.length)
                .array());
        out.writeBytes(value);
        out.writeBytes(new byte[padding(value.length)]);
    }

    private static byte[] value(Ttlv item) {
        return switch (item.type()) {
            case STRUCTURE -> {
                ByteArrayOutputStream items = new ByteArrayOutputStream();
                for (Object inner : (List<?>) item.value()) {
                    write((Ttlv) inner, items);
                }
                yield items.toByteArray();
            }
            case INTEGER, ENUMERATION, INTERVAL ->
                ByteBuffer.allocate(4).putInt((Integer) item.value()).array();
            case LONG, DATE_TIME ->
                ByteBuffer.allocate(8).putLong((Long) item.value()).array();
            case BOOLEAN ->
                ByteBuffer.allocate(8).putLong((Boolean) item.value() ? 1 : 0).array();
            case TEXT -> ((String) item.value()).getBytes(StandardCharsets.UTF_8);
            case BIG_INTEGER, BYTES -> (byte[]) item.value();
        };
    }

    private static int padding(int length) {
        return -length & ALIGNMENT - 1;
    }

    private static final class Reader {
        private int items;

        Ttlv read(ByteBuffer source, int depth) throws BadTtlv {
            items++;
            if (depth > MOST_DEPTH || items > MOST_ITEMS) {
                throw new BadTtlv("more than " + MOST_DEPTH + " levels or " + MOST_ITEMS + " items");
            }
            require(source, HEAD);
            int head = source.getInt();
            int length = source.getInt();
            TtlvType type = TtlvType.of(head & 0xff);
            if (length < 0 || type.length() >= 0 && length != type.length()) {
                throw new BadTtlv("a " + type + " of " + Integer.toUnsignedString(length) + " bytes");
            }
            require(source, (long) length + padding(length));
            ByteBuffer value = source.slice(source.position(), length);
            source.position(source.position() + length + padding(length));
            return new Ttlv(head >>> 8, type, value(type, value, depth));
        }

        private Object value(TtlvType type, ByteBuffer value, int depth) throws BadTtlv {
            switch (type) {
                case STRUCTURE:
                    List<Ttlv> inner = new ArrayList<>();
                    while (value.hasRemaining()) {
                        inner.add(read(value, depth + 1));
                    }
                    return List.copyOf(inner);
                case INTEGER, ENUMERATION, INTERVAL:
                    return value.getInt();
                case LONG, DATE_TIME:
                    return value.getLong();
                case BOOLEAN:
                    return value.getLong() != 0;
                default:
                    byte[] bytes = new byte[value.remaining()];
                    value.get(bytes);
                    return type == TtlvType.TEXT ? new String(bytes, StandardCharsets.UTF_8) : bytes;
            }
        }

        private static void require(ByteBuffer source, long length) throws BadTtlv {
            if (source.remaining() < length) {
                throw new BadTtlv("it ends " + (length - source.remaining()) + " bytes too soon");
            }
        }
    }
}
