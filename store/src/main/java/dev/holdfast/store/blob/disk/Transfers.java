package dev.holdfast.store.blob.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Reads and writes buffers of the heap in pieces. The JDK copies them through a direct buffer, and keeps one as large as
 * the largest transfer for each thread for as long as it lives: whole manifests and indices would stay there.
 */
final class Transfers {
    private static final int MOST = 1 << 20;

    private Transfers() {}

    static int read(FileChannel channel, ByteBuffer target, long position) throws IOException {
        int limit = shorten(target);
        try {
            return channel.read(target, position);
        } finally {
            target.limit(limit);
        }
    }

    static int write(FileChannel channel, ByteBuffer source) throws IOException {
        int limit = shorten(source);
        try {
            return channel.write(source);
        } finally {
            source.limit(limit);
        }
    }

    /** Hides what is beyond a piece; answers the limit that it had. */
    private static int shorten(ByteBuffer buffer) {
        int limit = buffer.limit();
        if (!buffer.isDirect() && buffer.remaining() > MOST) {
            buffer.limit(buffer.position() + MOST);
        }
        return limit;
    }
}
