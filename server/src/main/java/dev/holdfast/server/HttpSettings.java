package dev.holdfast.server;

import dev.holdfast.server.http.HttpConfig;
import dev.holdfast.server.http.ProxyBlock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of the HTTP layer. */
final class HttpSettings {
    private static final String LISTEN = "127.0.0.1:8080";

    private HttpSettings() {}

    static HttpConfig read(SettingsReader settings) {
        HttpConfig defaults = HttpConfig.plain("127.0.0.1", 8080);
        HttpConfig http = settings.parsed("listen", defaults.listeningOn(LISTEN), defaults::listeningOn);
        http = settings.parsed("public-url", http, http::reachedAt);
        HttpConfig.Limits limits = limits(settings);
        return new HttpConfig(
                http.host(),
                http.port(),
                http.publicUrl(),
                proxies(settings),
                tls(settings),
                http.version(),
                settings.number("http.workers", defaults.workers(), 1, 1_000),
                settings.number("http.queue", defaults.queue(), 1, 100_000),
                limits);
    }

    private static List<String> proxies(SettingsReader settings) {
        List<String> proxies = settings.texts("trusted-proxies");
        for (String proxy : proxies) {
            settings.checked("trusted-proxies", null, () -> ProxyBlock.parse(proxy));
        }
        return proxies;
    }

    private static HttpConfig.Tls tls(SettingsReader settings) {
        String certificate = settings.text("tls.certificate", null);
        String key = settings.text("tls.key", null);
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            settings.problem("tls.certificate and tls.key go together; only one is set.");
            return null;
        }
        return settings.checked("tls", null, () -> new HttpConfig.Tls(Path.of(certificate), Path.of(key)));
    }

    private static HttpConfig.Limits limits(SettingsReader settings) {
        HttpConfig.Limits defaults = HttpConfig.Limits.defaults();
        Duration second = Duration.ofSeconds(1);
        Duration hour = Duration.ofHours(1);
        return new HttpConfig.Limits(
                settings.bytes("http.max-head", defaults.headBytes(), 4 << 10, 1 << 20),
                settings.bytes("http.max-line", defaults.lineBytes(), 1 << 10, 1 << 20),
                settings.bytes("http.max-body", defaults.bodyBytes(), 16 << 10, 16 << 20),
                settings.time("http.head-time", defaults.headTime(), second, hour),
                settings.time("http.body-time", defaults.bodyTime(), second, hour),
                settings.time("http.idle-time", defaults.idleTime(), Duration.ofSeconds(10), Duration.ofDays(1)),
                settings.number("http.max-connections", defaults.connections(), 1, 1_000_000));
    }
}
