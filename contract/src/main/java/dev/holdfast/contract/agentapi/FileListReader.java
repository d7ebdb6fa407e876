package dev.holdfast.contract.agentapi;

import dev.holdfast.contract.chunk.BlockId;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Reads a file list as {@link FileListWriter} writes it, one entry at a time: it is never whole in memory. Nothing in
 * it is trusted; anything malformed, cut off or damaged is an {@link IOException} that says what and where.
 *
 * <p>Call {@link #next} for an entry, then for a file {@link #readBlocks} until it answers 0.
 */
public final class FileListReader {
    /** Stands for a full block of zeros, which is never stored. No SHA-256 of a block is known to be all zero. */
    public static final BlockId ZERO_BLOCK = BlockId.of(new byte[BlockId.LENGTH], 0);

    private final CheckedInputStream checked;
    private final DataInputStream in;
    private final int blockSize;
    private final byte[] id = new byte[BlockId.LENGTH];
    private long entries;
    private long blocksDue;
    private boolean ended;

    /** Begins to read; refuses a list that is not one, or one that was cut for another block size. */
    public FileListReader(InputStream source, int blockSize) throws IOException {
        this.checked = new CheckedInputStream(source, new CRC32C());
        this.in = new DataInputStream(checked);
        this.blockSize = blockSize;
        if (!Arrays.equals(in.readNBytes(FileListWriter.MAGIC.length), FileListWriter.MAGIC)) {
            throw new IOException("not a file list: it does not begin with HFFILES1");
        }
        int written = in.readInt();
        if (written != blockSize) {
            throw new IOException("the file list is for blocks of " + written + " bytes, the store has " + blockSize);
        }
    }

    /** The next entry, or null after the last one. Blocks of the entry before that were not read are skipped. */
    public FileEntry next() throws IOException {
        try {
            return ended ? null : nextEntry();
        } catch (EOFException e) {
            throw cutOff(e);
        }
    }

    private FileEntry nextEntry() throws IOException {
        while (blocksDue > 0) {
            in.readFully(id);
            blocksDue--;
        }
        int tag = in.readUnsignedByte();
        if (tag == FileListWriter.END) {
            end();
            return null;
        }
        FileEntry.Type type = FileEntry.Type.ofTag(tag);
        if (type == null) {
            throw new IOException("entry " + entries + " of the file list has the unknown tag " + tag);
        }
        try {
            return entry(type);
        } catch (IllegalArgumentException e) {
            throw new IOException("entry " + entries + " of the file list: " + e.getMessage(), e);
        }
    }

    /**
     * Reads ids of the current file's blocks into {@code target}.
     *
     * @return how many were read: {@code target.length}, fewer at the end of the file, 0 after it
     */
    public int readBlocks(BlockId[] target) throws IOException {
        int count = (int) Math.min(target.length, blocksDue);
        try {
            for (int i = 0; i < count; i++) {
                in.readFully(id);
                target[i] = BlockId.of(id, 0);
            }
        } catch (EOFException e) {
            throw cutOff(e);
        }
        blocksDue -= count;
        return count;
    }

    /** Bytes of a block. */
    public int blockSize() {
        return blockSize;
    }

    private FileEntry entry(FileEntry.Type type) throws IOException {
        byte[] path = bytes();
        int mode = in.readInt();
        long uid = in.readInt() & 0xffff_ffffL;
        long gid = in.readInt() & 0xffff_ffffL;
        String user = new String(bytes(), StandardCharsets.UTF_8);
        String group = new String(bytes(), StandardCharsets.UTF_8);
        long seconds = in.readLong();
        int nanos = in.readInt();
        byte[] target = type == FileEntry.Type.SYMBOLIC_LINK ? bytes() : new byte[0];
        long size = type == FileEntry.Type.FILE ? in.readLong() : 0;
        FileEntry entry = new FileEntry(type, path, mode, uid, gid, user, group, seconds, nanos, size, target);
        blocksDue = type == FileEntry.Type.FILE ? entry.blocks(blockSize) : 0;
        entries++;
        return entry;
    }

    private void end() throws IOException {
        long written = in.readLong();
        int actual = (int) checked.getChecksum().getValue();
        int expected = in.readInt();
        if (written != entries || actual != expected) {
            throw new IOException("the file list is damaged: " + entries + " entries were read, " + written
                    + " were written, or the checksum differs");
        }
        if (in.read() >= 0) {
            throw new IOException("the file list goes on after its end");
        }
        ended = true;
    }

    private byte[] bytes() throws IOException {
        int length = in.readUnsignedShort();
        byte[] value = in.readNBytes(length);
        if (value.length < length) {
            throw new EOFException();
        }
        return value;
    }

    private IOException cutOff(EOFException e) {
        return new IOException("the file list is cut off in entry " + entries, e);
    }
}
