package dev.holdfast.agent.source;

import dev.holdfast.contract.agentapi.FileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is read once from beginning to end, and must not change meanwhile. Holes read as zeros. */
public final class SteadyFile implements AutoCloseable {
    // the JDK keeps a direct buffer as large as the largest read for each thread that reads
    private static final int MAX_READ = 1 << 20;

    private final FileEntry entry;
    private final Path place;
    private final FileState seen;
    private final FileChannel channel;

    private SteadyFile(FileEntry entry, Path place, FileState seen, FileChannel channel) {
        this.entry = entry;
        this.place = place;
        this.seen = seen;
        this.channel = channel;
    }

    static SteadyFile open(FileEntry entry, Path place, FileState seen) {
        try {
            FileChannel channel = FileChannel.open(place, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return new SteadyFile(entry, place, seen, channel);
        } catch (IOException e) {
            throw SourceTrouble.unreadable(entry.path(), e);
        }
    }

    /**
     * Reads the next {@code length} bytes.
     *
     * @throws dev.holdfast.agent.trouble.CaptureFailed if the file has become too short for that
     */
    public void read(byte[] target, int offset, int length) {
        int at = offset;
        int end = offset + length;
        try {
            while (at < end) {
                int n = channel.read(ByteBuffer.wrap(target, at, Math.min(end - at, MAX_READ)));
                if (n < 0) {
                    throw SourceTrouble.changed(entry.path());
                }
                at += n;
            }
        } catch (IOException e) {
            throw SourceTrouble.unreadable(entry.path(), e);
        }
    }

    void requireUnchanged() {
        try {
            if (!FileState.of(place).equals(seen)) {
                throw SourceTrouble.changed(entry.path());
            }
        } catch (IOException e) {
            throw SourceTrouble.unreadable(entry.path(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw SourceTrouble.unreadable(entry.path(), e);
        }
    }
}
