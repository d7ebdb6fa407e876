package dev.holdfast.store.drill;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.archive.ArchiveInput;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.tar.BadTar;
import dev.holdfast.store.tar.DataNames;
import dev.holdfast.store.tar.TarEntry;
import dev.holdfast.store.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/** Restores one part into an empty folder and checks what came out. For one thread. */
public final class PartDrill {
    /** Differences that are listed. */
    public static final int MOST_DIFFERENCES = 100;

    private final PackedSnapshotStore store;
    private final Path folder;
    private final byte[] buffer = new byte[256 << 10];

    /**
     * A drill into {@code folder}.
     *
     * @param folder exists and is empty; what is in it afterwards is the captured directory
     */
    public PartDrill(PackedSnapshotStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /**
     * Does it.
     *
     * @throws dev.holdfast.contract.trouble.Corruption if stored bytes are damaged
     * @throws dev.holdfast.store.SnapshotStore.NoSuchPart if there is no such part
     * @throws Unavailable if the folder cannot be written
     */
    public RestoredFiles run(GroupId project, PartId part) {
        StoredPart stored = store.open(project, part);
        Difference differences = new Difference();
        try {
            try (InputStream archive = new ArchiveInput(stored.archive("x".repeat(stored.topFolderLength())));
                    InputStream tar = new GZIPInputStream(archive, buffer.length)) {
                unpack(new TarReader(tar));
            } catch (BadTar | java.util.zip.ZipException e) {
                differences.add("the archive cannot be unpacked: " + e.getMessage());
                return differences.report();
            }
            try (CapturedFiles captured = new CapturedFiles(folder, store.blockSize(), differences)) {
                store.walk(project, part, captured);
            }
            return differences.report();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Unavailable(
                    "the drill cannot write or read back its files in " + folder + ": " + e
                            + "\nHINT: is the disk full? Name another folder, on a disk with room.",
                    e);
        }
    }

    private void unpack(TarReader tar) throws IOException {
        DataNames names = new DataNames();
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            byte[] name = names.relative(entry);
            Path path = FileNames.resolve(folder, name);
            switch (entry.type()) {
                case DIRECTORY -> Files.createDirectories(path);
                case SYMBOLIC_LINK -> {
                    // followed by nobody: a drill looks at files, and no entry lies below a link
                }
                case FILE -> {
                    Files.createDirectories(path.getParent());
                    try (OutputStream out =
                            Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                        for (int n = tar.read(buffer, 0, buffer.length);
                                n >= 0;
                                n = tar.read(buffer, 0, buffer.length)) {
                            out.write(buffer, 0, n);
                        }
                    }
                }
            }
        }
    }

    /** A block id for messages, short. */
    static String shortly(BlockId block) {
        return block.toString().substring(0, 12);
    }
}
