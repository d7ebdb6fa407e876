package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.cli.fetch.Fetch.Fetched;
import dev.holdfast.unpack.BadArchive;
import dev.holdfast.unpack.PlaceTrouble;
import dev.holdfast.unpack.UnpackRules;
import dev.holdfast.unpack.Unpacking;
import dev.holdfast.unpack.Workplace;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * Makes a directory of an archive. The steps, and what a crash after each leaves, are told by {@link
 * dev.holdfast.unpack}.
 */
public final class Extraction {
    private static final int BUFFER = 1 << 20;

    private final Archive archive;
    private final Path directory;
    private final Progress progress;

    /** Of {@code archive} into {@code directory}, which is absolute. Does no I/O. */
    public Extraction(Archive archive, Path directory, Progress progress) {
        this.archive = archive;
        this.directory = directory;
        this.progress = progress;
    }

    /** Fills {@link Workplace#files}, checked. */
    @FunctionalInterface
    interface Filling {
        Fetched fill(Workplace place) throws IOException, InterruptedException;
    }

    /** Whether an earlier run began it or ended it: then a link that is over may do. */
    public boolean isBegun() {
        return Workplace.isBegun(directory, archive.job());
    }

    /**
     * Of a file that is here and was checked.
     *
     * @param space that is asked for the unpacked bytes first
     * @throws CliTrouble if the directory has something in it, or the archive wants more than it may
     */
    public Fetched ofFile(Path file, UnpackRules rules, Space space) throws IOException, InterruptedException {
        return run(place -> {
            space.require(place.files().getParent(), archive.name(), 0, archive.unpackedBytes());
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
                unpack(in, archive.top(), place.files(), rules);
            }
            return new Fetched(place.files(), "", true);
        });
    }

    Fetched run(Filling filling) throws IOException, InterruptedException {
        try {
            Workplace.requirePlace(directory);
            try (Workplace place = Workplace.take(directory, archive.job())) {
                return run(place, filling);
            }
        } catch (PlaceTrouble trouble) {
            throw new CliTrouble(Exit.FAILED, trouble.getMessage(), trouble);
        }
    }

    private Fetched run(Workplace place, Filling filling) throws IOException, InterruptedException {
        if (place.isDone()) {
            place.clear();
            progress.says(directory + " is here already, restored by an earlier run");
            return new Fetched(directory, "", true);
        }
        if (!Workplace.isVacant(directory)) {
            if (!Files.exists(PartFile.journal(place.archive()))) {
                place.clear(); // made just now
            }
            throw CliTrouble.failed(
                    directory + " is not an empty directory",
                    "a restore never touches data that is there: stop mongod and move the directory away, or name"
                            + " another one.");
        }
        place.clearOthers();
        Fetched fetched = new Fetched(directory, "", true);
        if (!place.isReady()) {
            place.clearFiles();
            fetched = filling.fill(place);
            place.setReady();
        }
        place.install();
        place.clear();
        return new Fetched(directory, fetched.sha1(), fetched.checked());
    }

    /** Unpacks bytes that may still be on their way; afterwards everything is on the disk. */
    static Void unpack(InputStream bytes, String top, Path files, UnpackRules rules)
            throws IOException, InterruptedException {
        try {
            Unpacking.unpack(bytes, top, files, rules, done -> {});
            return null;
        } catch (BadArchive | ZipException | EOFException e) {
            throw new CliTrouble(
                    Exit.DAMAGED,
                    top + " cannot be unpacked: " + e.getMessage()
                            + "\nHINT: do not trust this archive. Is it the one that the server gave?",
                    e);
        } catch (CliTrouble | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw unwritable(files, e);
        }
    }

    private static CliTrouble unwritable(Path files, IOException e) {
        return new CliTrouble(
                Exit.NO_SPACE,
                files + " cannot be written: " + e.getMessage()
                        + "\nHINT: make room, or let a user run it who may give files away; the same command goes on"
                        + " where it was.",
                e);
    }
}
