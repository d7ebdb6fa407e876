package dev.holdfast.store.archive;

import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** An archive as a stream, for whoever reads it within the process. Trouble of the store comes as it is. */
public final class ArchiveInput extends InputStream {
    private final ArchiveReader reader;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10).flip();

    /** All bytes of {@code archive}. */
    public ArchiveInput(Archive archive) {
        this.reader = archive.read(0, archive.length());
    }

    @Override
    public int read() {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    private boolean fill() {
        if (buffer.hasRemaining()) {
            return true;
        }
        int count = reader.read(buffer.clear());
        buffer.flip();
        return count > 0;
    }

    @Override
    public int available() {
        // GZIPInputStream takes 0 for the end of the file and looks no further
        return fill() ? buffer.remaining() : 0;
    }

    @Override
    public void close() {
        reader.close();
    }
}
