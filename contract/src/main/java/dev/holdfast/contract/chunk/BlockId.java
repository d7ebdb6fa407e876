package dev.holdfast.contract.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * What makes two blocks the same: the SHA-256 of their plain bytes. Ordered as unsigned big-endian numbers, which is
 * the order of the block index.
 */
public final class BlockId implements Comparable<BlockId> {
    /** Bytes of an id. */
    public static final int LENGTH = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long a;
    private final long b;
    private final long c;
    private final long d;

    private BlockId(long a, long b, long c, long d) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    /** The id in the 32 bytes of {@code bytes} from {@code offset}. */
    public static BlockId of(byte[] bytes, int offset) {
        return new BlockId(
                (long) LONG.get(bytes, offset),
                (long) LONG.get(bytes, offset + 8),
                (long) LONG.get(bytes, offset + 16),
                (long) LONG.get(bytes, offset + 24));
    }

    /** The id in the next 32 bytes of {@code source} (big-endian), which moves on by 32. */
    public static BlockId read(ByteBuffer source) {
        return new BlockId(source.getLong(), source.getLong(), source.getLong(), source.getLong());
    }

    /** Writes the 32 bytes to {@code target} (big-endian), which moves on by 32. */
    public void write(ByteBuffer target) {
        target.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    /** Writes the 32 bytes into {@code target} from {@code offset}. */
    public void write(byte[] target, int offset) {
        LONG.set(target, offset, a);
        LONG.set(target, offset + 8, b);
        LONG.set(target, offset + 16, c);
        LONG.set(target, offset + 24, d);
    }

    /** The second 8 bytes: as good as chance, and independent of the order. */
    public long second() {
        return b;
    }

    /** The third 8 bytes. */
    public long third() {
        return c;
    }

    @Override
    public int compareTo(BlockId other) {
        int order = Long.compareUnsigned(a, other.a);
        order = order != 0 ? order : Long.compareUnsigned(b, other.b);
        order = order != 0 ? order : Long.compareUnsigned(c, other.c);
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockId id && a == id.a && b == id.b && c == id.c && d == id.d;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        byte[] bytes = new byte[LENGTH];
        write(bytes, 0);
        return HexFormat.of().formatHex(bytes);
    }
}
