package dev.holdfast.dist.command;

import dev.holdfast.dist.console.JsonLog;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import dev.holdfast.server.ServerWiring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where to listen; port 0 picks a free one (default: the setting, else 127.0.0.1:8080).")
    private String listen;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "What links begin with (default: the Host of the request).")
    private String publicUrl;

    @ArgGroup(exclusive = false)
    private TlsOptions tls;

    @Spec
    private CommandSpec spec;

    /** Both or neither. */
    private static final class TlsOptions {
        @Option(names = "--tls-cert", required = true, paramLabel = "FILE", description = "PEM certificate chain.")
        private Path certificate;

        @Option(names = "--tls-key", required = true, paramLabel = "FILE", description = "PEM private key (PKCS#8).")
        private Path key;
    }

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
        ServerConfig settings = config.load();
        if (listen != null) {
            settings = settings.withListen(listen);
        }
        if (publicUrl != null) {
            settings = settings.withPublicUrl(publicUrl);
        }
        settings = tls == null ? settings : settings.withTls(tls.certificate, tls.key);
        return settings.withVersion(ServedVersion.get());
    }
}
