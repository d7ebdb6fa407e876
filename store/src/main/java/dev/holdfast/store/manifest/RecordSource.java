package dev.holdfast.store.manifest;

import dev.holdfast.contract.trouble.Corruption;
import java.util.Arrays;

/**
 * Reads what {@link RecordSink} wrote. Its bytes have passed a checksum, so anything that cannot be is either a writer's
 * fault or a forged file; both are {@link Corruption}.
 */
final class RecordSource {
    private final String name;
    private final byte[] bytes;
    private int position;

    /** Reads a blob from {@code position} on; {@code name} is for messages. */
    RecordSource(String name, byte[] bytes, int position) {
        this.name = name;
        this.bytes = bytes;
        this.position = position;
    }

    Corruption corruption(String what) {
        return new Corruption(name, position, what);
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    int position() {
        return position;
    }

    int u8() {
        require(1);
        return bytes[position++] & 0xff;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    int u32() {
        return u16() << 16 | u16();
    }

    long u64() {
        return (long) u32() << 32 | u32() & 0xffff_ffffL;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw corruption("a number has more than 10 bytes");
    }

    /** A varint from {@code least} to {@code most}. */
    long varint(long least, long most) {
        long value = varint();
        if (value < least || value > most) {
            throw corruption("the number " + value + " is not from " + least + " to " + most);
        }
        return value;
    }

    int count(int least) {
        return (int) varint(least, Integer.MAX_VALUE);
    }

    long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    byte[] raw(int length) {
        require(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    byte[] bytes() {
        return raw(count(0));
    }

    private void require(int length) {
        if (length > bytes.length - position) {
            throw corruption("it ends too soon");
        }
    }
}
