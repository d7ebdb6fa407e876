package dev.holdfast.dist.command;

import dev.holdfast.cli.Api;
import dev.holdfast.cli.command.AuditList;
import dev.holdfast.cli.command.ServerOptions;
import dev.holdfast.cli.deployment.AuditChain;
import dev.holdfast.server.AuditCheck;
import dev.holdfast.server.audit.AuditReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast audit}. */
@Command(
        name = "audit",
        description = "Shows the audit trail, and looks whether it is as it was written.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast audit list --project Payments"},
        subcommands = {AuditList.class, AuditCommand.Verify.class})
public final class AuditCommand implements Runnable {
    /** The chain is broken; 1 would also be said when it could not be looked at. */
    private static final int BROKEN = 3;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }

    /** {@code holdfast audit verify}. */
    @Command(
            name = "verify",
            description = {
                "Walks along the audit trail and names the first record that is not as it was written; also beside a",
                "running server. With --data it reads the rows and the seal at their end; without, it asks a server through",
                "the API, with a key that reads every project, and cannot see what was cut off at the end.",
                "Prints the head of the chain: keep it where whoever has this machine cannot reach it.",
                "Exit status: 0 as it was written, 3 broken, 1 it could not be looked at."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  holdfast audit verify --data /var/lib/holdfast",
                "  holdfast audit verify --expect 5120:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            })
    static final class Verify implements Callable<Integer> {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "The data directory whose rows to read (default: a server is asked).")
        private Path data;

        @Mixin
        private ConfigOption config;

        @Mixin
        private ServerOptions server;

        @Option(
                names = "--expect",
                paramLabel = "SEQ:HASH",
                description = "A head that was printed before; the chain must still contain it.")
        private String expected;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (expected != null && !expected.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
                throw new ParameterException(
                        spec.commandLine(), "--expect is SEQ:HASH, as an earlier verify printed it");
            }
            return data != null ? ofRows() : ofServer();
        }

        private int ofRows() {
            AuditReport report = AuditCheck.run(DataOption.existing(data), config.load(), expected, new SecureRandom());
            if (report.whole()) {
                return whole(report.records(), report.head());
            }
            return broken(
                    report.brokenAt(),
                    report.why(),
                    report.records() + " records before it are as written, head " + report.head());
        }

        private int ofServer() throws IOException, InterruptedException {
            Api api = server.connect().api();
            AuditChain.Report report = new AuditChain(api, Instant.now()).run(expected);
            if (report.isWhole()) {
                return whole(report.records(), report.head());
            }
            return broken(report.brokenAt(), report.why(), "head " + report.head());
        }

        private int whole(long records, String head) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(records + " records, all as written, head " + head);
            out.flush();
            return 0;
        }

        private int broken(long at, String why, String rest) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("BROKEN at record " + at + ": " + why);
            out.println(rest);
            out.flush();
            return BROKEN;
        }
    }
}
