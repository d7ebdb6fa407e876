package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.cli.Pause;
import dev.holdfast.cli.fetch.HashCheck.Verdict;
import dev.holdfast.cli.fetch.RangeReader.Patience;
import dev.holdfast.unpack.UnpackRules;
import dev.holdfast.unpack.Workplace;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Gets archives onto the disk, checked: as files, or as the directories that are in them. */
public final class Fetch {
    private final Space space;
    private final Progress progress;
    private final LinkProbe probe;
    private final HashCheck check;
    private final ArrivingFile arriving;

    /** Fetches over {@code http}, which must not follow redirects to other servers. */
    public Fetch(
            HttpClient http,
            FetchSettings settings,
            Space space,
            Pause pause,
            RandomGenerator chance,
            Progress progress) {
        this.space = space;
        this.progress = progress;
        this.probe = new LinkProbe(http, settings.retries(), pause);
        this.check = new HashCheck(probe, settings.hashMillis(), pause, progress);
        this.arriving = new ArrivingFile(http, settings, new Patience(settings.retries(), pause, chance), progress);
    }

    /**
     * What is there now.
     *
     * @param place the archive, or the directory that was in it
     * @param sha1 of the archive as it was on the disk; empty if an earlier run did all
     * @param checked whether the server had a hash to hold it against
     */
    public record Fetched(Path place, String sha1, boolean checked) {}

    /** Whether an earlier run began {@code archive} in {@code folder} or ended it: then a link that is over may do. */
    public static boolean isBegun(Archive archive, Path folder) throws IOException {
        Path target = folder.resolve(archive.name());
        return Files.exists(target) || Files.exists(PartFile.journal(target));
    }

    /**
     * Gets {@code archive} into {@code folder} as a file, going on where an earlier run was.
     *
     * @throws CliTrouble with the exit status that says which trouble it is
     */
    public Fetched run(Archive archive, Path folder) throws IOException, InterruptedException {
        Path target = folder.resolve(archive.name());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return already(archive, target);
        }
        try (PartFile file = PartFile.open(target)) {
            Journal journal = begin(archive, file, folder);
            Hashes found = arriving.run(archive, file, journal, null);
            Verdict verdict = check.of(found, archive, journal.size());
            if (!verdict.isRight()) {
                Path aside = file.reject();
                throw damaged(verdict.words(archive.name()) + "; it was put aside as " + aside.getFileName());
            }
            file.finish();
            return new Fetched(target, found.sha1(), verdict.isChecked());
        }
    }

    /**
     * Makes {@code directory} what the archive's top folder is, unpacking while it is downloaded and going on where an
     * earlier run was. What is unpacked gets its name only after the check; the archive is not kept.
     *
     * @param directory empty or not there; absolute
     * @throws CliTrouble with the exit status that says which trouble it is
     */
    public Fetched extract(Archive archive, Path directory, UnpackRules rules)
            throws IOException, InterruptedException {
        return new Extraction(archive, directory, progress).run(place -> arrive(archive, place, rules));
    }

    private Fetched arrive(Archive archive, Workplace place, UnpackRules rules)
            throws IOException, InterruptedException {
        Path folder = place.archive().getParent();
        try (PartFile file = PartFile.open(place.archive())) {
            Journal journal = begin(archive, file, folder);
            try {
                Hashes found = arriving.run(
                        archive, file, journal, bytes -> Extraction.unpack(bytes, archive.top(), place.files(), rules));
                Verdict verdict = check.of(found, archive, journal.size());
                if (!verdict.isRight()) {
                    throw damaged(verdict.words(archive.name()) + "; nothing of it was kept");
                }
                return new Fetched(place.files(), found.sha1(), verdict.isChecked());
            } catch (CliTrouble trouble) {
                if (trouble.getExitCode() == Exit.DAMAGED) { // to go on with the same bytes would end the same way
                    place.clearFiles();
                    file.discard();
                }
                throw trouble;
            }
        }
    }

    private static CliTrouble damaged(String words) {
        return new CliTrouble(
                Exit.DAMAGED,
                words + "\nHINT: fetch it again; should the same happen, look at this machine's disk and memory.");
    }

    private Journal begin(Archive archive, PartFile file, Path folder) throws IOException, InterruptedException {
        Optional<Journal> earlier = file.journal();
        Journal journal = earlier.isPresent() ? earlier.get() : probe.ask(archive);
        if (!journal.job().equals(archive.job())) {
            throw CliTrouble.failed(
                    file.path() + " belongs to restore job " + journal.job(),
                    "fetch that one, or move it away, or name another folder with --to.");
        }
        space.require(folder, archive.name(), journal.size() - journal.have().size(), archive.unpackedBytes());
        file.checkpoint(journal);
        return journal;
    }

    private Fetched already(Archive archive, Path target) throws IOException, InterruptedException {
        Optional<String> promised = archive.promised().sha1();
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || promised.isEmpty()) {
            throw CliTrouble.failed(
                    target + " is there already, and nothing says that it is this archive",
                    "move it away, or name another folder with --to.");
        }
        Hashes found = Hashes.of(target);
        if (!found.sha1().equals(promised.get())) {
            throw new CliTrouble(
                    Exit.DAMAGED,
                    target + " is there already and has the SHA-1 " + found.sha1() + ", but the restore job says "
                            + promised.get() + "\nHINT: move it away to fetch it anew.");
        }
        Files.deleteIfExists(PartFile.journal(target)); // of a run that died right after the rename
        progress.says(target + " is here already, its hash is right");
        return new Fetched(target, found.sha1(), true);
    }
}
