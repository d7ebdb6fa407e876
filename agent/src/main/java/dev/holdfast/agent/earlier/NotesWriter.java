package dev.holdfast.agent.earlier;

import dev.holdfast.agent.source.FileIdentity;
import dev.holdfast.contract.chunk.BlockId;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes notes beside the ones that are there, and puts them in their place at the end. For one thread at a time. */
final class NotesWriter implements AutoCloseable {
    static final byte[] MAGIC = "HFNOTES1".getBytes(StandardCharsets.US_ASCII);
    static final int FILE = 'F';
    static final int END = 'E';
    /** Bytes of an identity. */
    static final int IDENTITY = 4 * 8 + 4 + 8 + 4;

    private final Path target;
    private final Path temporary;
    private final CheckedOutputStream checked;
    private final DataOutputStream out;
    private final byte[] id = new byte[BlockId.LENGTH];

    private NotesWriter(Path target, Path temporary) throws IOException {
        this.target = target;
        this.temporary = temporary;
        this.checked = new CheckedOutputStream(
                new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16), new CRC32C());
        this.out = new DataOutputStream(checked);
    }

    static NotesWriter begin(Path target, int blockSize, Instant start) throws IOException {
        // readable for the owner alone: ids tell whether a file has known content
        Path temporary = Files.createTempFile(target.getParent(), target.getFileName() + "-", ".new");
        try {
            NotesWriter writer = new NotesWriter(target, temporary);
            writer.out.write(MAGIC);
            writer.out.writeInt(blockSize);
            writer.out.writeLong(start.toEpochMilli());
            return writer;
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** A file; the ids of all its blocks must follow. */
    void file(byte[] path, FileIdentity identity) throws IOException {
        out.writeByte(FILE);
        out.writeShort(path.length);
        out.write(path);
        out.writeLong(identity.device());
        out.writeLong(identity.inode());
        out.writeLong(identity.size());
        out.writeLong(identity.mtimeSeconds());
        out.writeInt(identity.mtimeNanos());
        out.writeLong(identity.ctimeSeconds());
        out.writeInt(identity.ctimeNanos());
    }

    void block(BlockId block) throws IOException {
        block.write(id, 0);
        out.write(id);
    }

    /** Ends them and puts them in the place of the older ones. */
    void keep() throws IOException {
        out.writeByte(END);
        out.writeInt((int) checked.getChecksum().getValue());
        out.close();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives up what was not kept. */
    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
