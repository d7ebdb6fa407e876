package dev.holdfast.store.manifest;

import java.io.ByteArrayOutputStream;

/** Collects the bytes of a page or root. */
final class RecordSink {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    void clear() {
        out.reset();
    }

    RecordSink u8(int value) {
        out.write(value);
        return this;
    }

    RecordSink u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    RecordSink u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    RecordSink u64(long value) {
        return u32((int) (value >>> 32)).u32((int) value);
    }

    /** LEB128; a value that is negative counts as unsigned. */
    RecordSink varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        return u8((int) rest);
    }

    RecordSink zigzag(long value) {
        return varint(value << 1 ^ value >> 63);
    }

    RecordSink raw(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    RecordSink bytes(byte[] value) {
        return varint(value.length).raw(value);
    }
}
