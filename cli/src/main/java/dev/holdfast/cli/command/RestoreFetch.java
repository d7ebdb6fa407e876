package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.deployment.JobState;
import dev.holdfast.cli.deployment.Jobs;
import dev.holdfast.cli.fetch.Archive;
import dev.holdfast.cli.fetch.Extraction;
import dev.holdfast.cli.fetch.Fetch;
import dev.holdfast.cli.fetch.Fetch.Fetched;
import dev.holdfast.cli.fetch.FetchSettings;
import dev.holdfast.cli.fetch.Progress;
import dev.holdfast.cli.fetch.Space;
import dev.holdfast.cli.profile.Connection;
import dev.holdfast.unpack.UnpackRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
        footer = {
            "",
            "Examples:",
            "  holdfast restore fetch 56da071f8d022d10b2f0a7c4 --extract /var/lib/mongodb --owner mongodb:mongodb",
            "  holdfast restore fetch 56da071f8d022d10b2f0a7c0 --to /archives"
        })
final class RestoreFetch extends Asking {
    private static final int MOST_STREAMS = 16;

    @Parameters(paramLabel = "JOB|BATCH", description = "Its id.")
    private String id;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description =
                    "Where archives are kept (default: this directory; with --extract they are not kept unless this"
                            + " is given: then each is downloaded first and unpacked afterwards).")
    private Path folder;

    @Option(
            names = "--extract",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "DIR",
            description =
                    "Unpacks while it downloads. Of a job, DIR becomes the data directory: it is empty or not there."
                            + " Of a batch, each archive becomes a directory of its name in DIR; so it does where no DIR is given,"
                            + " in the directory of --to.")
    private Path extract;

    @Mixin
    private OwnerOption owner;

    @Option(names = "--streams", paramLabel = "N", description = "Ranges to fetch at once, 1 to 16 (default: 4).")
    private int streams = FetchSettings.USUAL.streams();

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Attempts in a row without a single byte before it gives up (default: 10).")
    private int retries = FetchSettings.USUAL.retries();

    @Option(names = "--quiet", description = "Says nothing of how far it is.")
    private boolean quiet;

    @Mixin
    private WaitOptions patience;

    @Spec
    private CommandSpec spec;

    @Override
    void run(Connection connection) throws IOException, InterruptedException {
        if (streams < 1 || streams > MOST_STREAMS || retries < 0) {
            throw new ParameterException(spec.commandLine(), "--streams is 1 to 16, --retries at least 0");
        }
        if (owner.isGiven() && extract == null) {
            throw new ParameterException(spec.commandLine(), "--owner is for what --extract unpacks");
        }
        UnpackRules rules = new UnpackRules(owner.ownership(), true, false);
        Jobs jobs = new Jobs(connection.api());
        try (Terminal terminal = new Terminal(err(), System.console() != null)) {
            Progress progress = quiet ? Progress.NONE : terminal;
            FetchSettings settings = new FetchSettings(streams, retries, FetchSettings.USUAL.hashMillis())
                    .on(Runtime.getRuntime().availableProcessors());
            Fetch fetch = new Fetch(
                    connection.http(), settings, Space.REAL, Thread::sleep, ThreadLocalRandom.current(), progress);
            List<JsonNode> settled =
                    patience.settled(jobs, jobs.find(project(connection), id), Clock.systemUTC(), Thread::sleep);
            List<Archive> archives = new ArrayList<>();
            for (JsonNode job : settled) {
                archives.add(JobArchive.of(connection.api(), jobs, job, extract != null));
            }
            Places places = new Places(folder, extract, archives, id);
            places.prepare();
            for (int i = 0; i < archives.size(); i++) {
                Archive archive = archives.get(i);
                // what was begun in time may be ended later, and what is here in full needs no link
                if (JobState.of(settled.get(i)) != JobState.ENDED || !places.isBegun(archive, progress)) {
                    WaitOptions.requireReady(settled.get(i));
                }
                one(archive, fetch, places, rules, progress);
                terminal.end();
            }
        }
    }

    private void one(Archive archive, Fetch fetch, Places places, UnpackRules rules, Progress progress)
            throws IOException, InterruptedException {
        if (extract == null) {
            tell(fetch.run(archive, places.folder()));
        } else if (folder == null) {
            tell(fetch.extract(archive, places.directory(archive), rules));
        } else {
            Fetched file = fetch.run(places.asFile(archive), places.folder());
            tell(file);
            Path directory = places.directory(archive);
            tell(new Extraction(archive, directory, progress).ofFile(file.place(), rules, Space.REAL));
        }
    }

    private void tell(Fetched fetched) {
        boolean hashed = !fetched.sha1().isEmpty();
        out().println(fetched.place()
                + (hashed ? "  SHA-1 " + fetched.sha1() : "")
                + (hashed && fetched.checked() ? ", as the server says" : ""));
        out().flush();
        if (!fetched.checked()) {
            err().println("the server shows no hash to check it against");
            err().flush();
        }
    }
}
