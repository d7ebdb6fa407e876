package dev.holdfast.store.blob.disk;

import dev.holdfast.store.blob.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Positioned reads of a file, not a mapping: a mapping of a file that someone truncates kills the process. */
final class DiskBlobReader implements BlobReader {
    private final String name;
    private final Path file;
    private final FileChannel channel;
    private final long size;

    DiskBlobReader(String name, Path file) throws IOException {
        this.name = name;
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, ByteBuffer target) {
        int total = 0;
        try {
            while (target.hasRemaining()) {
                int n = Transfers.read(channel, target, position + total);
                if (n < 0) {
                    break;
                }
                total += n;
            }
            return total;
        } catch (IOException e) {
            throw DiskTrouble.unavailable("read", name, file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw DiskTrouble.unavailable("close", name, file, e);
        }
    }
}
