package dev.holdfast.dist.command;

import dev.holdfast.server.AuditCheck;
import dev.holdfast.server.audit.AuditReport;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast audit}. */
@Command(
        name = "audit",
        description = "Looks after the audit trail.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = AuditCommand.Verify.class)
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
                "running server. Prints the head of the chain: keep it where whoever has this machine cannot reach it.",
                "Exit status: 0 as it was written, 3 broken, 1 it could not be looked at."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  holdfast audit verify --data /var/lib/holdfast"})
    static final class Verify implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Mixin
        private ConfigOption config;

        @Option(
                names = "--expect",
                paramLabel = "SEQ:HASH",
                description = "A head that was printed before; the chain must still contain it.")
        private String expected;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (expected != null && !expected.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
                throw new ParameterException(
                        spec.commandLine(), "--expect is SEQ:HASH, as an earlier verify printed it");
            }
            AuditReport report = AuditCheck.run(data.existing(), config.load(), expected, new SecureRandom());
            CommandLine line = spec.commandLine();
            if (report.whole()) {
                line.getOut().println(report.records() + " records, all as written, head " + report.head());
                line.getOut().flush();
                return 0;
            }
            line.getOut().println("BROKEN at record " + report.brokenAt() + ": " + report.why());
            line.getOut().println(report.records() + " records before it are as written, head " + report.head());
            line.getOut().flush();
            return BROKEN;
        }
    }
}
