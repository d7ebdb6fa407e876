package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.ApiRefusal;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.deployment.JobState;
import dev.holdfast.cli.deployment.Jobs;
import dev.holdfast.cli.fetch.Archive;
import dev.holdfast.cli.fetch.Fetch;
import dev.holdfast.cli.fetch.Fetch.Fetched;
import dev.holdfast.cli.fetch.FetchSettings;
import dev.holdfast.cli.fetch.Space;
import dev.holdfast.cli.fetch.Unpack;
import dev.holdfast.cli.profile.Connection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast restore fetch}. */
@Command(
        name = "fetch",
        description = {
            "Downloads the archive of a restore job, or of each job of a batch, and checks it. Cut off in whatever way,"
                    + " the same command goes on where it was; all of it counts as one download.",
            "Exit status: 0 all are here, 3 a job has failed, 4 a link is expired or used up, 5 not ready in time, 6 the"
                    + " bytes are wrong, 7 too little space, 1 anything else, 2 the command was not understood."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast restore fetch 56da071f8d022d10b2f0a7c4 --to /restore --extract"})
final class RestoreFetch extends Asking {
    private static final int MOST_STREAMS = 16;

    @Parameters(paramLabel = "JOB|BATCH", description = "Its id.")
    private String id;

    @Option(names = "--to", paramLabel = "DIR", description = "Where to (default: this directory).")
    private Path folder = Path.of("");

    @Option(names = "--extract", description = "Unpacks each archive beside itself, after its check.")
    private boolean extract;

    @Option(names = "--streams", paramLabel = "N", description = "Ranges to fetch at once, 1 to 16 (default: 4).")
    private int streams = FetchSettings.USUAL.streams();

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Attempts in a row without a single byte before it gives up (default: 10).")
    private int retries = FetchSettings.USUAL.retries();

    @Mixin
    private WaitOptions patience;

    @Spec
    private CommandSpec spec;

    @Override
    void run(Connection connection) throws IOException, InterruptedException {
        if (streams < 1 || streams > MOST_STREAMS || retries < 0) {
            throw new ParameterException(spec.commandLine(), "--streams is 1 to 16, --retries at least 0");
        }
        Path to = folder.toAbsolutePath().normalize();
        Files.createDirectories(to);
        Jobs jobs = new Jobs(connection.api());
        Terminal terminal = new Terminal(err(), System.console() != null);
        FetchSettings settings = new FetchSettings(streams, retries, FetchSettings.USUAL.hashMillis());
        Fetch fetch = new Fetch(
                connection.http(), settings, Space.REAL, Thread::sleep, ThreadLocalRandom.current(), terminal);
        try {
            List<JsonNode> found = jobs.find(project(connection), id);
            for (JsonNode job : patience.settled(jobs, found, Clock.systemUTC(), Thread::sleep)) {
                Archive archive = archive(connection.api(), jobs, job, to);
                one(archive, fetch, to);
                terminal.end();
            }
        } finally {
            terminal.end();
        }
    }

    private Archive archive(Api api, Jobs jobs, JsonNode job, Path to) throws IOException, InterruptedException {
        String url = job.path("delivery").path("url").asText();
        if (url.isEmpty()) {
            WaitOptions.requireReady(job);
            throw CliTrouble.failed(
                    "restore job " + job.path("id").asText() + " has no download link",
                    "an automated restore has none: its data go to the target cluster.");
        }
        Archive archive = new Archive(
                job.path("id").asText(), link(url), () -> sha1(jobs.again(job)), extract ? unpacked(api, job) : 0);
        // what was begun in time may be ended later, and what is here in full needs no link
        if (JobState.of(job) != JobState.ENDED || !Fetch.isBegun(archive, to)) {
            WaitOptions.requireReady(job);
        }
        return archive;
    }

    private void one(Archive archive, Fetch fetch, Path to) throws IOException, InterruptedException {
        Fetched fetched = fetch.run(archive, to);
        out().println(fetched.file() + "  SHA-1 " + fetched.sha1() + (fetched.checked() ? ", as the server says" : ""));
        out().flush();
        if (!fetched.checked()) {
            err().println("the server shows no hash to check it against");
        }
        if (extract) {
            extract(fetched.file(), to);
        }
    }

    /** Leaves what an earlier run unpacked: of a batch that was ended in between, the rest is still to be done. */
    private void extract(Path archive, Path to) throws IOException {
        Path target = Unpack.target(archive, to);
        if (Files.isDirectory(target)) {
            err().println(target + " is here already and left as it is");
        } else {
            out().println(Unpack.into(archive, to));
            out().flush();
        }
    }

    private static URI link(String url) throws CliTrouble {
        try {
            URI link = URI.create(url);
            if (("https".equals(link.getScheme()) || "http".equals(link.getScheme())) && link.getHost() != null) {
                return link;
            }
        } catch (IllegalArgumentException e) {
            // the same trouble; the text is not shown, it has a credential in it
        }
        throw CliTrouble.failed("the download link is no URL", "is the server's public.baseUrl right?");
    }

    private static Optional<String> sha1(JsonNode job) {
        for (JsonNode hash : job.path("hashes")) {
            if (hash.path("typeName").asText().equals("SHA1")) {
                return Optional.of(hash.path("hash").asText());
            }
        }
        return Optional.empty();
    }

    /** What the snapshot says its files take. */
    private static long unpacked(Api api, JsonNode job) throws IOException, InterruptedException {
        if (!job.hasNonNull("snapshotId")) {
            return 0;
        }
        try {
            JsonNode snapshot = api.get(
                    Jobs.place(job) + "/snapshots/" + job.path("snapshotId").asText());
            long bytes = 0;
            for (JsonNode part : snapshot.path("parts")) {
                bytes += part.path("storageSizeBytes").asLong();
            }
            return bytes;
        } catch (ApiRefusal refusal) {
            return 0; // it may be gone by now; a full disk is met when it is met
        }
    }
}
