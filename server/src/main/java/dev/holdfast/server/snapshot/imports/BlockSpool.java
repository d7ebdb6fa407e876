package dev.holdfast.server.snapshot.imports;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.contract.chunk.BlockId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ids of blocks in the order of a tar, on the disk, to be written in the order of a file list. */
final class BlockSpool implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Path ids;
    private final Path list;
    private final FileChannel channel;
    private final OutputStream out;
    private final byte[] raw = new byte[BlockId.LENGTH];
    private final Map<ByteBuffer, Long> starts = new HashMap<>();
    private long count;

    /** Makes two temporary files in {@code folder}, which are gone when it is closed. */
    BlockSpool(Path folder) throws IOException {
        Files.createDirectories(folder);
        this.ids = Files.createTempFile(folder, "import-", ".ids");
        this.list = Files.createTempFile(folder, "import-", ".list");
        this.channel = FileChannel.open(ids, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    /** The blocks of this file follow. */
    void begin(byte[] path) {
        starts.put(ByteBuffer.wrap(path), count);
    }

    void add(BlockId block) throws IOException {
        block.write(raw, 0);
        out.write(raw);
        count++;
    }

    /** Writes the file list; answers where it is. */
    Path list(List<FileEntry> entries, int blockSize) throws IOException {
        out.flush();
        byte[] buffer = new byte[BUFFER];
        try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(list), BUFFER)) {
            FileListWriter writer = new FileListWriter(target, blockSize);
            for (FileEntry entry : entries) {
                writer.entry(entry);
                if (entry.type() == FileEntry.Type.FILE) {
                    copy(writer, starts.get(ByteBuffer.wrap(entry.path())), entry.blocks(blockSize), buffer);
                }
            }
            writer.finish();
        }
        return list;
    }

    private void copy(FileListWriter writer, long start, long blocks, byte[] buffer) throws IOException {
        channel.position(start * BlockId.LENGTH);
        InputStream in = Channels.newInputStream(channel);
        for (long left = blocks * BlockId.LENGTH; left > 0; ) {
            int length = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
            if (length % BlockId.LENGTH != 0 || length == 0) {
                throw new IOException("the spool of block ids is cut off");
            }
            for (int at = 0; at < length; at += BlockId.LENGTH) {
                writer.block(BlockId.of(buffer, at));
            }
            left -= length;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(ids);
            Files.deleteIfExists(list);
        }
    }
}
