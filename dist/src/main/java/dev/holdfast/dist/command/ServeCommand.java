package dev.holdfast.dist.command;

import dev.holdfast.dist.console.JsonLog;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.ServerWiring;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast serve}. */
@Command(
        name = "serve",
        description = "Serves a data directory until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  holdfast serve --data /var/lib/holdfast --listen 0.0.0.0:8443 \\",
            "    --public-url https://holdfast.example.net:8443 \\",
            "    --tls-cert server.pem --tls-key server.key"
        })
public final class ServeCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ConfigOption config;

    @Mixin
    private ListenOptions listening;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        DataDirectory directory = data.existing();
        ServerConfig settings = settings();
        if (settings.service().jsonLogs()) {
            JsonLog.begin();
        }
        try (DataDirectory.Lock lock = directory.lock();
                ServerWiring wiring = ServerWiring.open(directory, settings, Clock.systemUTC(), new SecureRandom())) {
            wiring.start();
            PrintWriter out = spec.commandLine().getOut();
            out.println("holdfast serves " + directory.root() + " at " + wiring.baseUrl());
            out.flush();
            new UntilStopped(wiring).await();
        }
        return 0;
    }

    private ServerConfig settings() {
        return listening.over(config.load()).withVersion(ServedVersion.get());
    }
}
