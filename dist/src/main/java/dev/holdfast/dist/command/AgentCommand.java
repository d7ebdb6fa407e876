package dev.holdfast.dist.command;

import dev.holdfast.agent.work.Notices;
import dev.holdfast.dist.agent.AgentFile;
import dev.holdfast.dist.agent.AgentProgram;
import dev.holdfast.dist.console.BuildVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast agent}. */
@Command(
        name = "agent",
        description = {
            "Asks the server for work and does it until Ctrl-C or SIGTERM: captures the data directories of the hosts",
            "that its file names, when their snapshots are due.",
            "The agent key comes from HOLDFAST_AGENT_KEY or agent-key-file."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example of a file:",
            "  server = \"https://backup.example.net:8443\"",
            "  group = 5196d3628d022db4cbc26d9e",
            "  agent-key-file = /etc/holdfast/agent.key",
            "  state = /var/lib/holdfast-agent",
            "  hosts { 5462e6b97a312f26496f7d1385ec6ed5 {",
            "    dbpath = /var/lib/mongo",
            "    freeze = [\"/etc/holdfast/fsync-lock\"], thaw = [\"/etc/holdfast/fsync-unlock\"] } }"
        })
public final class AgentCommand implements Callable<Integer> {
    private static final long STOP_SECONDS = 120;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The agent's file (HOCON).")
    private Path config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Clock clock = Clock.systemUTC();
        Notices notices = text -> {
            synchronized (err) {
                err.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + text);
                err.flush();
            }
        };
        AgentProgram program = new AgentProgram(
                AgentFile.read(config),
                System.getenv(),
                new BuildVersion().version(),
                clock,
                new SecureRandom(),
                notices);
        Thread worker = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, ended), "stop"));
        try {
            program.run();
        } finally {
            ended.countDown();
        }
        return 0;
    }

    /** What is frozen is let go first. To be asked to end is no failure, but one that ended by itself keeps its status. */
    private static void stop(Thread worker, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            if (ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
