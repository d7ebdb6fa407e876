package dev.holdfast.contract.agentapi;

import dev.holdfast.contract.chunk.BlockId;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Writes the file list of one part, the body of a commit: what a data directory held, as entries in archive order,
 * each file followed by the ids of its blocks. Layout in the {@linkplain dev.holdfast.contract.agentapi package
 * story}. Not safe for several threads; {@link #finish} must be called or the list is refused as cut off.
 */
public final class FileListWriter {
    static final byte[] MAGIC = "HFFILES1".getBytes(StandardCharsets.US_ASCII);
    static final int END = 'E';

    private final CheckedOutputStream checked;
    private final DataOutputStream out;
    private final int blockSize;
    private final byte[] id = new byte[BlockId.LENGTH];
    private long entries;
    private long blocksDue;

    /** Begins a list for a store with blocks of {@code blockSize} bytes. The caller closes {@code target}. */
    public FileListWriter(OutputStream target, int blockSize) throws IOException {
        this.checked = new CheckedOutputStream(target, new CRC32C());
        this.out = new DataOutputStream(checked);
        this.blockSize = blockSize;
        out.write(MAGIC);
        out.writeInt(blockSize);
    }

    /** Adds an entry; for a file, as many {@link #block} calls as it has blocks must follow. */
    public void entry(FileEntry entry) throws IOException {
        requireNoBlocksDue();
        out.writeByte(entry.type().tag());
        bytes(entry.path());
        out.writeInt(entry.mode());
        out.writeInt((int) entry.uid());
        out.writeInt((int) entry.gid());
        bytes(entry.user().getBytes(StandardCharsets.UTF_8));
        bytes(entry.group().getBytes(StandardCharsets.UTF_8));
        out.writeLong(entry.mtimeSeconds());
        out.writeInt(entry.mtimeNanos());
        switch (entry.type()) {
            case SYMBOLIC_LINK -> bytes(entry.linkTarget());
            case FILE -> {
                out.writeLong(entry.size());
                blocksDue = entry.blocks(blockSize);
            }
            case DIRECTORY -> {}
        }
        entries++;
    }

    /** Adds the id of the file's next block; {@link FileListReader#ZERO_BLOCK} for a full block of zeros. */
    public void block(BlockId block) throws IOException {
        if (blocksDue <= 0) {
            throw new IllegalStateException("the file has no more blocks");
        }
        block.write(id, 0);
        out.write(id);
        blocksDue--;
    }

    /** Ends the list with the number of entries and a CRC-32C of all that came before it, and flushes. */
    public void finish() throws IOException {
        requireNoBlocksDue();
        out.writeByte(END);
        out.writeLong(entries);
        out.writeInt((int) checked.getChecksum().getValue());
        out.flush();
    }

    private void requireNoBlocksDue() {
        if (blocksDue != 0) {
            throw new IllegalStateException(blocksDue + " blocks of the file before are missing");
        }
    }

    private void bytes(byte[] value) throws IOException {
        out.writeShort(value.length);
        out.write(value);
    }
}
