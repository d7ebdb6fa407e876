package dev.holdfast.cli.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/**
 * An archive from its first byte to its last while it still comes in: waits for what is not there yet. It reads the file,
 * so it takes no memory however far the ranges are apart, and what it gives is what is on the disk.
 */
final class Arriving extends InputStream {
    private final FileChannel file;
    private final Received received;
    private final long size;
    private long position;
    private long front;

    Arriving(FileChannel file, Received received, long size) {
        this.file = file;
        this.received = received;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (position == size) {
            return -1;
        }
        if (position >= front) {
            front = Math.min(size, await());
        }
        int most = (int) Math.min(length, front - position);
        int count = file.read(ByteBuffer.wrap(into, offset, most), position);
        if (count <= 0) {
            throw new IOException("the file became shorter while it was read");
        }
        position += count;
        return count;
    }

    /** Never 0 before the end: some readers would take that for one. */
    @Override
    public int available() {
        return position < size ? 1 : 0;
    }

    private long await() throws IOException {
        try {
            return received.beyond(position);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
