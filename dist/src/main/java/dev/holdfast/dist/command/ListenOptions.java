package dev.holdfast.dist.command;

import dev.holdfast.server.ServerConfig;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where to listen and what to be called; goes before the settings. */
final class ListenOptions {
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

    /** Both or neither. */
    private static final class TlsOptions {
        @Option(names = "--tls-cert", required = true, paramLabel = "FILE", description = "PEM certificate chain.")
        private Path certificate;

        @Option(names = "--tls-key", required = true, paramLabel = "FILE", description = "PEM private key (PKCS#8).")
        private Path key;
    }

    /** Settings with these in place of theirs. */
    ServerConfig over(ServerConfig settings) {
        ServerConfig result = settings;
        if (listen != null) {
            result = result.withListen(listen);
        }
        if (publicUrl != null) {
            result = result.withPublicUrl(publicUrl);
        }
        return tls == null ? result : result.withTls(tls.certificate, tls.key);
    }
}
