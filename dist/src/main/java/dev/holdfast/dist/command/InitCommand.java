package dev.holdfast.dist.command;

import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerWiring;
import dev.holdfast.server.access.AddressBlock;
import dev.holdfast.server.access.Grant;
import dev.holdfast.server.access.NewAgentKey;
import dev.holdfast.server.access.NewApiKey;
import dev.holdfast.server.access.Role;
import dev.holdfast.server.deployment.Group;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast init}. */
@Command(
        name = "init",
        description = {
            "Makes a data directory with its first project, an API key that owns it, and an agent key.",
            "The private key and the agent key are printed once and cannot be read again."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  holdfast init --data /var/lib/holdfast --project Payments \\",
            "    --allow 192.0.2.0/24",
            "",
            "Then say which clusters there are (holdfast deployment) and start the server (holdfast serve)."
        })
public final class InitCommand implements Runnable {
    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            defaultValue = "First project",
            description = "Name of the project (default: ${DEFAULT-VALUE}).")
    private String project;

    @Option(
            names = "--allow",
            paramLabel = "ADDRESS",
            description = "An address or CIDR block from which the key may start restores; may be given several times"
                    + " (default: 127.0.0.1 and ::1).")
    private List<String> allowed = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (project.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--project must not be empty");
        }
        List<AddressBlock> blocks = (allowed.isEmpty() ? List.of("127.0.0.1", "::1") : allowed)
                .stream().map(AddressBlock::parse).toList();
        DataDirectory directory = data.directory();
        directory.create();
        Clock clock = Clock.systemUTC();
        try (DataDirectory.Lock lock = directory.lock();
                ServerWiring wiring = ServerWiring.open(directory, config.load(), clock, new SecureRandom())) {
            if (!wiring.groups().list().isEmpty()) {
                throw new IllegalArgumentException("the data directory " + directory.root() + " has projects already"
                        + "\nHINT: add clusters with holdfast deployment, or name another directory with --data.");
            }
            Instant now = clock.instant();
            // one transaction: a crash leaves no project without a key that could open it
            Made made = wiring.database().write(tx -> {
                Group group = wiring.groups().create(tx, project);
                NewApiKey key = wiring.keys()
                        .create(
                                tx,
                                "made by holdfast init",
                                List.of(Grant.in(group.id(), Role.GROUP_OWNER), Grant.global(Role.GLOBAL_OWNER)),
                                now);
                blocks.forEach(block -> wiring.keys().allow(tx, key.id(), block, now));
                NewAgentKey agentKey = wiring.agentKeys().createAgentKey(tx, group.id(), "made by holdfast init", now);
                return new Made(group, key, agentKey);
            });
            print(made, directory);
        }
    }

    private void print(Made made, DataDirectory directory) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("project      " + made.group().name());
        out.println("group id     " + made.group().id());
        out.println("public key   " + made.key().publicKey());
        out.println("private key  " + made.key().privateKey() + "   (shown this once)");
        out.println("agent key    " + made.agentKey().token() + "   (shown this once)");
        out.println();
        out.println("Next:");
        out.println("  holdfast deployment --data " + directory.root() + " --file clusters.conf");
        out.println("  holdfast serve --data " + directory.root());
    }

    private record Made(Group group, NewApiKey key, NewAgentKey agentKey) {}
}
