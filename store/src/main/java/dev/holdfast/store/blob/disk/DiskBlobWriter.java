package dev.holdfast.store.blob.disk;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a temporary file of the same file system, and gives it its name at the end. */
final class DiskBlobWriter implements BlobWriter {
    static final String SUFFIX = ".part";

    private final String name;
    private final Path root;
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final boolean replaces;
    private long position;
    private boolean ended;

    private DiskBlobWriter(String name, Path root, Path temporary, FileChannel channel, boolean replaces) {
        this.name = name;
        this.root = root;
        this.target = root.resolve(name);
        this.temporary = temporary;
        this.channel = channel;
        this.replaces = replaces;
    }

    static DiskBlobWriter begin(String name, Path root, boolean replaces) throws IOException {
        Path folder = root.resolve(DiskBlobStore.TEMPORARY);
        Folders.make(folder);
        Path temporary = Files.createTempFile(folder, "", SUFFIX);
        try {
            FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
            return new DiskBlobWriter(name, root, temporary, channel, replaces);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        requireOpen();
        try {
            while (bytes.hasRemaining()) {
                position += Transfers.write(channel, bytes);
            }
        } catch (IOException e) {
            throw fail(e);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void commit() {
        requireOpen();
        try {
            // the bytes before the name, or a power cut shows a name with holes behind it
            channel.force(true);
            channel.close();
            Folders.make(target.getParent());
            publish();
            Folders.force(target.getParent());
            ended = true;
        } catch (IOException e) {
            throw fail(e);
        }
    }

    /** A link, not a rename: it fails when the name is taken, also when another process takes it at the same moment. */
    private void publish() throws IOException {
        if (replaces) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            close();
            throw new BlobExists(name);
        } catch (IOException | UnsupportedOperationException e) {
            publishWithoutLinks();
            return;
        }
        Files.deleteIfExists(temporary);
    }

    /** For file systems that have no hard links. A data directory has one writing process, so a lock in it will do. */
    private void publishWithoutLinks() throws IOException {
        synchronized (DiskBlobWriter.class) {
            if (Files.exists(target)) {
                close();
                throw new BlobExists(name);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw DiskTrouble.unavailable("give up", name, root, e);
        }
    }

    private Unavailable fail(IOException cause) {
        Unavailable trouble = DiskTrouble.unavailable("write", name, root, cause);
        try {
            close(); // at once: on a full disk the unfinished bytes are what is in the way
        } catch (Unavailable e) {
            trouble.addSuppressed(e);
        }
        return trouble;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException(name + " was committed or given up already");
        }
    }
}
