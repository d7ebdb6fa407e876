package dev.holdfast.agent.earlier;

import dev.holdfast.agent.source.FileIdentity;
import dev.holdfast.contract.chunk.BlockId;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Notes of a capture that was committed, read once from front to back beside the walk over the same directory. */
final class EarlierCapture implements AutoCloseable {
    /**
     * How long before the capture began a file must have been touched last: coarser than the times of any file system in
     * use (2 s on FAT, a clock tick on ext4), and some seconds for the clock of a file server that is ahead.
     */
    static final Duration MARGIN = Duration.ofSeconds(10);

    private static final int CRC = 4;

    private final FileChannel channel;
    private final DataInputStream in;
    private final int blockSize;
    private final Instant touchedBefore;
    // of the record that was read last
    private byte[] path = {};
    private FileIdentity identity;
    private long ids;
    private long blocks;
    private long position;
    private boolean ended;

    private EarlierCapture(FileChannel channel, DataInputStream in, int blockSize, Instant start) {
        this.channel = channel;
        this.in = in;
        this.blockSize = blockSize;
        this.touchedBefore = start.minus(MARGIN);
        this.position = NotesWriter.MAGIC.length + 12;
    }

    /** Opens notes after reading them whole; an {@link IOException} says why they cannot be used. */
    static EarlierCapture open(Path file, int blockSize) throws IOException {
        requireWhole(file);
        FileChannel channel = FileChannel.open(file);
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            if (!Arrays.equals(in.readNBytes(NotesWriter.MAGIC.length), NotesWriter.MAGIC)) {
                throw new IOException("they are of another version");
            }
            int noted = in.readInt();
            Instant start = Instant.ofEpochMilli(in.readLong());
            if (noted != blockSize) {
                throw new IOException("they are for blocks of " + noted + " bytes, the server has " + blockSize);
            }
            return new EarlierCapture(channel, in, blockSize, start);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void requireWhole(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        long left = Files.size(file) - CRC;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new EOFException("they are cut off");
                }
                crc.update(buffer, 0, n);
                left -= n;
            }
            byte[] end = in.readNBytes(CRC);
            if (end.length < CRC || ByteBuffer.wrap(end).getInt() != (int) crc.getValue()) {
                throw new IOException("they are damaged");
            }
        }
    }

    /**
     * Whether the file that is now at {@code wanted} is as it was when its blocks were noted. Paths must be asked for in
     * archive order; after "yes" {@link #read} gives the blocks.
     */
    boolean isUnchanged(byte[] wanted, FileIdentity now) throws IOException {
        while (!ended && identity == null || !ended && compare(path, wanted) < 0) {
            next();
        }
        return !ended && Arrays.equals(path, wanted) && now.equals(identity) && now.isOlderThan(touchedBefore);
    }

    /** Blocks of the file that was found. */
    long blocks() {
        return blocks;
    }

    /** The ids of {@code count} of its blocks from the {@code first} one on. */
    BlockId[] read(long first, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * BlockId.LENGTH);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, ids + first * BlockId.LENGTH + bytes.position()) < 0) {
                throw new EOFException("they have become shorter");
            }
        }
        bytes.flip();
        BlockId[] read = new BlockId[count];
        Arrays.setAll(read, i -> BlockId.read(bytes));
        return read;
    }

    private void next() throws IOException {
        in.skipNBytes(blocks * BlockId.LENGTH);
        position += blocks * BlockId.LENGTH;
        blocks = 0;
        int tag = in.readUnsignedByte();
        if (tag != NotesWriter.FILE) {
            ended = true;
            return;
        }
        path = new byte[in.readUnsignedShort()];
        in.readFully(path);
        identity = new FileIdentity(
                in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readInt(), in.readLong(), in.readInt());
        position += 3 + path.length + NotesWriter.IDENTITY;
        ids = position;
        blocks = (identity.size() + blockSize - 1) / blockSize;
    }

    /** Archive order: a directory right before what is in it, so a slash goes before every other byte. */
    private static int compare(byte[] a, byte[] b) {
        int at = Arrays.mismatch(a, b);
        if (at < 0 || at >= a.length || at >= b.length) {
            return a.length - b.length;
        }
        return rank(a[at]) - rank(b[at]);
    }

    private static int rank(byte value) {
        return value == '/' ? -1 : value & 0xff;
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
        } finally {
            channel.close();
        }
    }
}
