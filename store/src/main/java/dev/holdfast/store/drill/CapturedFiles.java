package dev.holdfast.store.drill;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.packed.PackedSnapshotStore.PartVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Reads restored files back, block by block, as their manifest is walked. */
final class CapturedFiles implements PartVisitor, AutoCloseable {
    private final Path folder;
    private final Difference differences;
    private final MessageDigest sha256 = Checksums.sha256();
    private final byte[] block;
    private FileEntry file;
    private InputStream restored;
    private long position;

    CapturedFiles(Path folder, int blockSize, Difference differences) {
        this.folder = folder;
        this.differences = differences;
        this.block = new byte[blockSize];
    }

    @Override
    public void entry(FileEntry entry) {
        try {
            endFile();
            Path path = FileNames.resolve(folder, entry.path());
            if (entry.type() == FileEntry.Type.DIRECTORY && !Files.isDirectory(path)) {
                differences.add("the directory " + entry.displayPath() + " was not restored");
            }
            if (entry.type() == FileEntry.Type.FILE) {
                file = entry;
                position = 0;
                restored = Files.newInputStream(path);
            }
        } catch (NoSuchFileException e) {
            differences.add("the file " + entry.displayPath() + " was not restored");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void block(BlockId id, int plainLength) {
        if (read(plainLength)) {
            sha256.update(block, 0, plainLength);
            BlockId found = BlockId.of(sha256.digest(), 0);
            if (!found.equals(id)) {
                differ("is block " + PartDrill.shortly(found) + ", not " + PartDrill.shortly(id));
            }
        }
        position += plainLength;
    }

    @Override
    public void zeros(long blocks) {
        for (long i = 0; i < blocks; i++) {
            if (read(block.length) && !isZero()) {
                differ("has something else than zeros");
            }
            position += block.length;
        }
    }

    @Override
    public void close() throws IOException {
        endFile();
    }

    private boolean read(int length) {
        if (restored == null) {
            return false;
        }
        try {
            if (restored.readNBytes(block, 0, length) == length) {
                return true;
            }
            differ("is missing: the file ends before");
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void differ(String how) {
        differences.add("the file " + file.displayPath() + " " + how + ", at byte " + position);
    }

    private void endFile() throws IOException {
        if (restored == null) {
            return;
        }
        try (InputStream done = restored) {
            restored = null;
            if (done.read() >= 0) {
                differ("goes on after its end");
            }
        }
        differences.compared(file.size());
    }

    private boolean isZero() {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
