package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.format.ExactRead;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Says of most blocks that are not in a run that they are not, without a read: a Bloom filter in cells of 64 bytes, 12 bits
 * for each entry, of which about 1 in 150 unknown blocks passes. Outside of the heap. Not safe for several threads while it
 * is filled.
 */
final class RunFilter {
    private static final int CELL = 64;
    private static final int BITS_AN_ENTRY = 12;
    private static final int BITS = 8;
    private static final int CHUNK = 1 << 20;

    private final ByteBuffer bits;
    private final int cells;

    private RunFilter(ByteBuffer bits) {
        this.bits = bits;
        this.cells = bits.capacity() / CELL;
    }

    /** An empty filter for so many entries. */
    static RunFilter of(long entries) {
        return new RunFilter(ByteBuffer.allocateDirect(Math.toIntExact(cells(entries) * CELL)));
    }

    /** Bytes of a filter and its checksum in a file. */
    static long length(long entries) {
        return cells(entries) * CELL + 4;
    }

    private static long cells(long entries) {
        return (entries * BITS_AN_ENTRY + CELL * 8 - 1) / (CELL * 8);
    }

    /** Reads the filter of a run from {@code position}; {@link Corruption} if it does not have its checksum. */
    static RunFilter read(BlobReader blob, String name, long position, long entries) {
        RunFilter filter = of(entries);
        CRC32C crc = new CRC32C();
        int length = filter.bits.capacity();
        for (int at = 0; at < length; at += CHUNK) {
            ByteBuffer chunk = ExactRead.of(blob, name, position + at, Math.min(CHUNK, length - at));
            crc.update(chunk.duplicate());
            filter.bits.put(chunk);
        }
        if (ExactRead.of(blob, name, position + length, 4).getInt() != (int) crc.getValue()) {
            throw new Corruption(name, position, "the filter does not have its checksum");
        }
        return filter;
    }

    void write(BlobWriter blob) {
        CRC32C crc = new CRC32C();
        crc.update(bits.duplicate().clear());
        for (int at = 0; at < bits.capacity(); at += CHUNK) {
            blob.write(bits.slice(at, Math.min(CHUNK, bits.capacity() - at)));
        }
        blob.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).flip());
    }

    void add(BlockId block) {
        long hash = block.third();
        int cell = cell(block);
        for (int i = 0; i < BITS; i++, hash >>>= 8) {
            int bit = bit(hash, i);
            int at = cell + bit / 8;
            bits.put(at, (byte) (bits.get(at) | 1 << bit % 8));
        }
    }

    /** False if the block is surely not in the run. */
    boolean mayHave(BlockId block) {
        long hash = block.third();
        int cell = cell(block);
        for (int i = 0; i < BITS; i++, hash >>>= 8) {
            int bit = bit(hash, i);
            if ((bits.get(cell + bit / 8) & 1 << bit % 8) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Each byte of the hash chooses one bit of 64 bits of the cell. */
    private static int bit(long hash, int i) {
        return i * 64 + (int) (hash & 63);
    }

    private int cell(BlockId block) {
        return (int) Long.remainderUnsigned(block.second(), cells) * CELL;
    }
}
