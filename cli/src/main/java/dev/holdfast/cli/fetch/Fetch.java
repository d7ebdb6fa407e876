package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.cli.Pause;
import dev.holdfast.cli.fetch.RangeReader.Link;
import dev.holdfast.cli.fetch.RangeReader.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Gets archives onto the disk, checked. */
public final class Fetch {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long HASH_POLL_MILLIS = 1000;
    private static final long HASHED_BYTES_PER_MILLI = 50_000;
    private static final long LONGEST_HASH_MILLIS = 3_600_000;

    private final HttpClient http;
    private final FetchSettings settings;
    private final Space space;
    private final Pause pause;
    private final RandomGenerator chance;
    private final Progress progress;

    /** Fetches over {@code http}, which must not follow redirects to other servers. */
    public Fetch(
            HttpClient http,
            FetchSettings settings,
            Space space,
            Pause pause,
            RandomGenerator chance,
            Progress progress) {
        this.http = http;
        this.settings = settings;
        this.space = space;
        this.pause = pause;
        this.chance = chance;
        this.progress = progress;
    }

    /**
     * A file that is there.
     *
     * @param sha1 of what is on the disk
     * @param checked whether the server had a hash to hold it against
     */
    public record Fetched(Path file, String sha1, boolean checked) {}

    /** Whether an earlier run began {@code archive} in {@code folder} or ended it: then a link that is over may do. */
    public static boolean isBegun(Archive archive, Path folder) throws IOException {
        Path target = folder.resolve(archive.name());
        return Files.exists(target) || Files.exists(PartFile.journal(target));
    }

    /**
     * Gets {@code archive} into {@code folder}, going on where an earlier run was.
     *
     * @throws CliTrouble with the exit status that says which trouble it is
     */
    public Fetched run(Archive archive, Path folder) throws IOException, InterruptedException {
        Path target = folder.resolve(archive.name());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return already(archive, target);
        }
        try (PartFile file = PartFile.open(target)) {
            Optional<Journal> earlier = file.journal();
            Journal journal = earlier.isPresent() ? earlier.get() : ask(archive);
            if (!journal.job().equals(archive.job())) {
                throw CliTrouble.failed(
                        file.path() + " belongs to restore job " + journal.job(),
                        "fetch that one, or move it away, or name another folder with --to.");
            }
            requireSpace(folder, journal, archive);
            file.checkpoint(journal);
            if (journal.have().size() > 0) {
                progress.says("goes on with " + archive.name() + ": "
                        + journal.have().size() + " of " + journal.size() + " bytes are here");
            }
            if (journal.have().size() < journal.size()) {
                Link link = new Link(http, archive.url(), archive.name(), journal.tag(), journal.size());
                new Download(link, file, journal, progress)
                        .run(settings.streams(), new Patience(settings.retries(), pause, chance));
            }
            return finish(archive, file, target);
        }
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

    /** Asks what the archive is; a HEAD is no download. */
    private Journal ask(Archive archive) throws IOException, InterruptedException {
        HttpResponse<Void> answer = patientHead(archive);
        if (answer.statusCode() != 200) {
            throw LinkAnswer.trouble(archive.name(), answer.statusCode(), new byte[0]);
        }
        long size = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        String tag = answer.headers().firstValue("ETag").orElse("");
        if (size <= 0 || tag.isEmpty() || tag.startsWith("W/") || !acceptsRanges(answer)) {
            throw CliTrouble.failed(
                    archive.name() + ": the server offers no ranges, or no strong ETag",
                    "fetch it in one piece: curl -O with the delivery.url that holdfast jobs show prints.");
        }
        return new Journal(archive.job(), tag, size, ByteRanges.NONE);
    }

    private HttpResponse<Void> patientHead(Archive archive) throws IOException, InterruptedException {
        for (int failures = 1; ; failures++) {
            long wait = 1000L * failures;
            try {
                HttpResponse<Void> answer = head(archive);
                if (!LinkAnswer.isPassing(answer.statusCode()) || failures > settings.retries()) {
                    return answer;
                }
                wait = Math.max(wait, LinkAnswer.retryAfter(answer));
            } catch (CliTrouble outOfReach) {
                if (failures > settings.retries()) {
                    throw outOfReach;
                }
            }
            pause.millis(wait);
        }
    }

    private static boolean acceptsRanges(HttpResponse<Void> answer) {
        return answer.headers().firstValue("Accept-Ranges").orElse("").equalsIgnoreCase("bytes");
    }

    private HttpResponse<Void> head(Archive archive) throws IOException, InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(archive.url())
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .timeout(LIMIT)
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            URI url = archive.url();
            throw new CliTrouble(
                    Exit.FAILED,
                    archive.name() + ": " + url.getHost() + " cannot be reached: " + e
                            + "\nHINT: can this machine reach that address? It is the server's public.baseUrl.",
                    e);
        }
    }

    private void requireSpace(Path folder, Journal journal, Archive archive) throws IOException {
        long needed = journal.size() - journal.have().size() + archive.unpackedBytes();
        long free = space.free(folder);
        if (free < needed) {
            throw new CliTrouble(
                    Exit.NO_SPACE,
                    folder + " has " + free + " bytes free, " + archive.name() + " needs " + needed + " more"
                            + (archive.unpackedBytes() > 0 ? ", unpacked data included" : "")
                            + "\nHINT: make room, or name a folder on another disk with --to.");
        }
    }

    private Fetched finish(Archive archive, PartFile file, Path target) throws IOException, InterruptedException {
        Hashes found = Hashes.of(file.path());
        Optional<String> sha1 = promised(archive, Files.size(file.path()));
        Optional<String> sha256 = sha256(archive);
        boolean right = sha1.map(found.sha1()::equals).orElse(true)
                && sha256.map(found.sha256()::equals).orElse(true);
        if (!right) {
            Path aside = file.reject();
            throw new CliTrouble(
                    Exit.DAMAGED,
                    archive.name() + " has the SHA-1 " + found.sha1() + " and the SHA-256 " + found.sha256()
                            + ", but the server says " + sha1.orElse("nothing") + " and " + sha256.orElse("nothing")
                            + "; it was put aside as " + aside.getFileName()
                            + "\nHINT: fetch it again; should the same happen, look at this machine's disk and memory.");
        }
        file.finish();
        return new Fetched(target, found.sha1(), sha1.isPresent() || sha256.isPresent());
    }

    /** Shown while the link lasts; one that is used up by this very download, or out of reach, is no trouble. */
    private Optional<String> sha256(Archive archive) throws IOException, InterruptedException {
        try {
            return LinkAnswer.sha256(head(archive));
        } catch (CliTrouble outOfReach) {
            return Optional.empty();
        }
    }

    /**
     * The server hashes on its own time, longer for a larger archive. One that cannot be asked now may be asked a second
     * later; an archive is not let through because nobody answered.
     */
    private Optional<String> promised(Archive archive, long size) throws IOException, InterruptedException {
        long limit = settings.hashMillis() + Math.min(LONGEST_HASH_MILLIS, size / HASHED_BYTES_PER_MILLI);
        for (long waited = 0; ; waited += HASH_POLL_MILLIS) {
            try {
                Optional<String> promised = archive.promised().sha1();
                if (promised.isPresent() || waited >= limit) {
                    return promised;
                }
            } catch (IOException e) {
                if (waited >= limit) {
                    throw e;
                }
            }
            if (waited == 0) {
                progress.says("waits for the server to show the hash of " + archive.name());
            }
            pause.millis(HASH_POLL_MILLIS);
        }
    }
}
