package dev.holdfast.dist.command;

import dev.holdfast.dist.demo.Demo;
import dev.holdfast.dist.demo.EnvFile;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.ServerWiring;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast demo}. */
@Command(
        name = "demo",
        description = {
            "The main job, from nothing to a link: backs up a sharded cluster with mirrored config servers and a replica"
                    + " set, restores the sharded cluster, and serves the result until Ctrl-C.",
            "Running it again on the same --data keeps what is there."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast demo --dbpath /var/lib/mongo-config --port 8080"})
public final class DemoCommand implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--dbpath",
            paramLabel = "DIR",
            description = "What to capture as the config server (default: a small sample that comes with Holdfast).")
    private Path dbpath;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory, made when absent (default: a new temporary one).")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port on 127.0.0.1; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Shell lines for scripts, written when everything answers; mode 0600.")
    private Path envFile;

    @Option(
            names = "--frozen",
            description = "The files of --dbpath do not change though a mongod may be running: you have frozen it.")
    private boolean frozen;

    @Mixin
    private ConfigOption settings;

    @Option(names = "--once", description = "Ends when everything answers, in place of serving until Ctrl-C.")
    private boolean once;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        // what a later step would stumble over is said before the first one
        refuseMisuse();
        PrintWriter out = spec.commandLine().getOut();
        DataDirectory directory = new DataDirectory(data == null ? Files.createTempDirectory("holdfast-demo") : data);
        directory.create();
        Clock clock = Clock.systemUTC();
        ServerConfig config = settings.load().withListen("127.0.0.1:" + port).withVersion(ServedVersion.get());
        try (DataDirectory.Lock lock = directory.lock();
                ServerWiring wiring = ServerWiring.open(directory, config, clock, new SecureRandom())) {
            wiring.start();
            out.println("Holdfast demo: " + wiring.baseUrl() + ", data in " + directory.root());
            Map<String, String> env =
                    new Demo(wiring, directory.root().resolve("samples"), clock, out).run(dbpath, frozen);
            out.println();
            out.println("The restore job, with any HTTP client that speaks Digest:");
            out.println();
            out.println("curl --user " + env.get("PUBLIC_KEY") + ":" + env.get("PRIVATE_KEY")
                    + " --digest --header \"Accept: application/json\" --include \\");
            out.println("  \"" + env.get("BASE_URL") + "/api/public/v1.0/groups/" + env.get("GROUP_ID") + "/hosts/"
                    + env.get("HOST_ID") + "/restoreJobs/" + env.get("JOB_ID") + "?pretty=true\"");
            out.println();
            out.println("Its delivery.url is the archive: curl -O URL, then tar xzf."
                    + (once ? "" : " Serving until Ctrl-C."));
            out.flush();
            if (envFile != null) {
                EnvFile.write(envFile, env);
            }
            if (!once) {
                new UntilStopped(wiring).await();
            }
        }
        return 0;
    }

    private void refuseMisuse() throws InterruptedException {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "--port must be 0 to " + MAX_PORT + ", not " + port);
        }
        if (envFile != null) {
            Path folder = envFile.toAbsolutePath().getParent();
            if (folder == null || !Files.isWritable(folder) || Files.isDirectory(envFile)) {
                throw new IllegalArgumentException("the file " + envFile + " cannot be written"
                        + "\nHINT: name a file in a directory that is there, and that this user may write to,"
                        + " with --env-file.");
            }
        }
        if (dbpath != null) {
            Demo.requireCapturable(dbpath, frozen);
        }
    }
}
