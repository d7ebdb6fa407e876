package dev.holdfast.dist.command;

import dev.holdfast.agent.Capture;
import dev.holdfast.agent.CaptureResult;
import dev.holdfast.agent.CaptureSettings;
import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.dist.console.ProgressLine;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast snapshot}. */
@Command(
        name = "snapshot",
        description = {
            "Captures the data directory of a stopped or frozen mongod, once, over the agent API.",
            "The agent key comes from HOLDFAST_AGENT_KEY or --agent-key-file."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example (a mirrored config server, stopped):",
            "  export HOLDFAST_AGENT_KEY=...",
            "  holdfast snapshot --server http://127.0.0.1:8080 \\",
            "    --group 5196d3628d022db4cbc26d9e \\",
            "    --host 5462e6b97a312f26496f7d1385ec6ed5 --dbpath /var/lib/mongo-config"
        })
public final class SnapshotCommand implements Runnable {
    private static final Pattern TIMESTAMP = Pattern.compile("(\\d{1,10})(?:,(\\d{1,10}))?");
    private static final long MAX_UNSIGNED_INT = 4_294_967_295L;

    @Option(names = "--server", required = true, paramLabel = "URL", description = "Where holdfast serve answers.")
    private URI server;

    @Option(names = "--group", required = true, paramLabel = "ID", description = "The project.")
    private String group;

    @Option(names = "--dbpath", required = true, paramLabel = "DIR", description = "The data directory to capture.")
    private Path dbpath;

    @ArgGroup(multiplicity = "1")
    private Of of;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM certificates to trust in place of Java's authorities: a private authority's, or the"
                    + " server's own self-signed one.")
    private Path authorities;

    @Option(
            names = "--timestamp",
            paramLabel = "SECONDS[,INCREMENT]",
            description = "The newest oplog entry in the files, as mongod shows it: Timestamp(SECONDS, INCREMENT)"
                    + " (default: the start of the capture, 1).")
    private String timestamp;

    @Option(
            names = "--agent-key-file",
            paramLabel = "FILE",
            description = "File with the agent key, mode 0600 (default: the variable HOLDFAST_AGENT_KEY).")
    private Path agentKeyFile;

    @Option(
            names = "--frozen",
            description = "The files do not change though a mongod may be running: you have frozen it.")
    private boolean frozen;

    @Option(
            names = "--follow",
            paramLabel = "NAME",
            description = "A symbolic link that leaves the directory, to be stored as what it points to;"
                    + " may be given several times.")
    private Set<String> follow = new LinkedHashSet<>();

    @Option(
            names = "--expires-in-hours",
            paramLabel = "N",
            description = "After how many hours the snapshot may be deleted (default: the server's).")
    private Long expiresInHours;

    @Option(
            names = "--into",
            paramLabel = "SNAPSHOT",
            description = "Adds a part to a snapshot that an earlier --keep-open began.")
    private String into;

    @Option(names = "--keep-open", description = "More parts of the same snapshot will follow.")
    private boolean keepOpen;

    @Option(
            names = "--storage-engine",
            paramLabel = "NAME",
            description = "As mongod names it, for restoreInfo.txt (default: as storage.bson says).")
    private String storageEngine;

    @Option(
            names = "--mongod-options",
            paramLabel = "TEXT",
            description = "How mongod was started, for restoreInfo.txt.")
    private String mongodOptions;

    @Option(
            names = "--encrypted-with",
            paramLabel = "UUID",
            description = "mongod itself encrypted the files, with this KMIP master key (its id in the key server).")
    private String masterKey;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that hash and compress (default: one for each processor).")
    private int threads = Math.min(64, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "How hard to compress: fast, or small (zlib 6: many times slower, a few percent smaller;"
                    + " default: the server's).")
    private String level;

    @Option(
            names = "--notes",
            paramLabel = "DIR",
            description = "Folder for notes of each capture. With the same folder the next one does not read files"
                    + " whose device, inode, size, mtime and ctime are as noted (default: everything is read).")
    private Path notes;

    @Spec
    private CommandSpec spec;

    /** Whose data it is. */
    private static final class Of {
        @Option(names = "--host", required = true, paramLabel = "ID", description = "The mirrored config server.")
        private String host;

        @Option(
                names = "--cluster",
                required = true,
                paramLabel = "ID",
                description = "The replica set, shard or config server replica set.")
        private String cluster;
    }

    @Override
    public void run() {
        HostId host = parse("--host", of.host, HostId::parse, "32");
        OplogTime newest = newest();
        ClusterId cluster = parse("--cluster", of.cluster, ClusterId::parse, "24");
        CaptureSettings.InSnapshot snapshot = into == null
                ? new CaptureSettings.BeginSnapshot(cluster, host, expiresInHours)
                : new CaptureSettings.JoinSnapshot(parse("--into", into, SnapshotId::parse, "24"));
        CaptureSettings settings = new CaptureSettings(
                new CaptureSettings.Server(
                        server,
                        parse("--group", group, GroupId::parse, "24"),
                        AgentKey.find(agentKeyFile, System.getenv()),
                        authorities),
                new CaptureSettings.Source(dbpath, frozen, follow),
                snapshot,
                new CaptureSettings.Part(
                        cluster,
                        host,
                        newest.seconds,
                        newest.increment,
                        storageEngine,
                        mongodOptions,
                        masterKey != null,
                        masterKey),
                !keepOpen,
                threads,
                level(),
                notes);
        PrintWriter err = spec.commandLine().getErr();
        CaptureResult result;
        try (ProgressLine progress = new ProgressLine(err, dbpath.toString())) {
            result = new Capture(Clock.systemUTC(), new ToldPause(err)).run(settings, progress);
        }
        result.warnings().forEach(warning -> err.println("holdfast: " + warning));
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "snapshot %s%s: %d entries, %,d bytes, %,d new in the store, archive of %,d bytes",
                        result.snapshot(),
                        result.snapshotCommitted() ? "" : " (open)",
                        result.sizes().files(),
                        result.sizes().plainBytes(),
                        result.sizes().newBytes(),
                        result.sizes().archiveBytes()));
    }

    private SegmentLevel level() {
        try {
            return level == null ? null : SegmentLevel.of(level);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--level must be fast or small, not '" + level + "'", e);
        }
    }

    private record OplogTime(Long seconds, long increment) {}

    /** Both are 32-bit numbers, as in a BSON timestamp. */
    private OplogTime newest() {
        if (timestamp == null) {
            return new OplogTime(null, 1);
        }
        Matcher matcher = TIMESTAMP.matcher(timestamp);
        if (matcher.matches()) {
            long seconds = Long.parseLong(matcher.group(1));
            long increment = matcher.group(2) == null ? 1 : Long.parseLong(matcher.group(2));
            if (seconds > 0 && seconds <= MAX_UNSIGNED_INT && increment > 0 && increment <= MAX_UNSIGNED_INT) {
                return new OplogTime(seconds, increment);
            }
        }
        throw new ParameterException(
                spec.commandLine(),
                "--timestamp must be SECONDS or SECONDS,INCREMENT, each from 1 to " + MAX_UNSIGNED_INT + ", not '"
                        + timestamp + "'");
    }

    private <T> T parse(String option, String text, Function<String, Optional<T>> reader, String digits) {
        if (text == null) {
            return null;
        }
        return reader.apply(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        option + " must be " + digits + " lower-case hexadecimal digits, not '" + text + "'"));
    }
}
