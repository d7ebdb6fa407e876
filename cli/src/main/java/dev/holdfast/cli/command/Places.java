package dev.holdfast.cli.command;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.fetch.Archive;
import dev.holdfast.cli.fetch.Extraction;
import dev.holdfast.cli.fetch.Fetch;
import dev.holdfast.cli.fetch.Progress;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the archives of one command go. */
final class Places {
    private final Path folder;
    private final Path extract;
    private final List<Archive> archives;
    private final boolean isBatch;

    /**
     * Places.
     *
     * @param to where archives are kept, null if that was not said
     * @param extract where they are unpacked, null for nowhere
     * @param id what was asked for: a job, or a batch
     */
    Places(Path to, Path extract, List<Archive> archives, String id) {
        this.folder = to != null ? absolute(to) : extract == null ? absolute(Path.of("")) : null;
        this.extract = extract == null ? null : absolute(extract);
        this.archives = archives;
        this.isBatch = archives.size() != 1 || !archives.get(0).job().equals(id);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Makes what must be there before. */
    void prepare() throws IOException {
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (extract != null && isBatch) {
            Files.createDirectories(extract);
            requireOnlyOurs();
        } else if (extract != null && extract.getParent() != null) {
            Files.createDirectories(extract.getParent());
        }
    }

    /** What an earlier run of the same command left is no reason not to go on. */
    private void requireOnlyOurs() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(extract)) {
            for (Path entry : entries) {
                if (!isOurs(entry.getFileName().toString())) {
                    throw CliTrouble.failed(
                            extract + " has " + entry.getFileName() + " in it, which is not of this batch",
                            "name a directory that is empty or not there.");
                }
            }
        }
    }

    private boolean isOurs(String name) throws IOException {
        for (Archive archive : archives) {
            if (name.startsWith(archive.name())
                    || name.equals(archive.top())
                    || name.startsWith("." + archive.top() + ".holdfast-" + archive.job())) {
                return true;
            }
        }
        return false;
    }

    /** Where archives are kept; null where they are not. */
    Path folder() {
        return folder;
    }

    /** What an archive becomes. */
    Path directory(Archive archive) throws IOException {
        return isBatch ? extract.resolve(archive.top()) : extract;
    }

    /** The archive as a file, which needs room for what is in it only where that is put on the same disk. */
    Archive asFile(Archive archive) throws IOException {
        boolean sameDisk = extract != null
                && Files.getFileStore(folder).equals(Files.getFileStore(isBatch ? extract : extract.getParent()));
        return sameDisk ? archive : archive.packed();
    }

    /** Whether an earlier run began it or ended it. */
    boolean isBegun(Archive archive, Progress progress) throws IOException {
        return folder != null && Fetch.isBegun(archive, folder)
                || extract != null && new Extraction(archive, directory(archive), progress).isBegun();
    }
}
