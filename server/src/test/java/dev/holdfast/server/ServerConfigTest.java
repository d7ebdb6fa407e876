package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.server.access.AccessSettings;
import dev.holdfast.server.access.SessionSettings;
import dev.holdfast.server.agents.AgentsSettings;
import dev.holdfast.server.delivery.DeliverySettings;
import dev.holdfast.server.events.EventSettings;
import dev.holdfast.server.http.HttpConfig;
import dev.holdfast.server.http.Protection;
import dev.holdfast.server.http.ProxyBlock;
import dev.holdfast.store.blob.s3.S3Settings;
import dev.holdfast.store.packed.StoreSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
    @TempDir
    private Path folder;

    @Test
    void withoutSettingsEveryRoomHasItsDefaults() {
        ServerConfig config = ServerConfig.defaults();
        assertThat(config.http()).isEqualTo(HttpConfig.plain("127.0.0.1", 8080));
        assertThat(config.database()).isNull();
        assertThat(config.access()).isEqualTo(AccessSettings.defaults(true));
        assertThat(config.delivery()).isEqualTo(DeliverySettings.DEFAULTS);
        assertThat(config.store()).isEqualTo(StoreSettings.DEFAULT);
        assertThat(config.s3()).isNull();
    }

    @Test
    void everySettingOfABucketReachesItsPlace() throws Exception {
        ServerConfig config = ServerConfig.load(file("""
                store.s3 {
                  bucket = backups, prefix = holdfast/main, region = eu-west-1, endpoint = "https://s3.example.net:9000"
                  path-style = false, timeout = 3s, tries = 2
                }
                """));
        assertThat(config.s3())
                .isEqualTo(new S3Settings(
                        "backups",
                        "holdfast/main/",
                        "eu-west-1",
                        URI.create("https://s3.example.net:9000"),
                        false,
                        Duration.ofSeconds(3),
                        2));
        assertThat(config.withListen("localhost:0").s3()).isEqualTo(config.s3());
    }

    @Test
    void bucketAlone_isOneOfAmazons_andAnEndpointHasBucketsInItsPath() throws Exception {
        S3Settings amazon = ServerConfig.load(file("store.s3.bucket = backups")).s3();
        assertThat(amazon).isEqualTo(new S3Settings("backups", "", null, null, false, Duration.ofSeconds(30), 7));
        assertThat(ServerConfig.load(file("store.s3 { bucket = backups, endpoint = \"http://s3:9000\" }"))
                        .s3()
                        .pathStyle())
                .isTrue();
    }

    @Test
    void bucketSettingsThatCannotBeUsedAreTold() throws Exception {
        assertThat(problems("store.s3.prefix = a").getMessage()).contains("store.s3 needs store.s3.bucket");
        assertThat(problems("store.s3 { bucket = backups, prefix = \"/a\" }").getMessage())
                .contains("store.s3: a prefix is letters");
        assertThat(problems("store.s3 { bucket = backups, tries = 0 }").getMessage())
                .contains("store.s3.tries must be 1 to 100, not 0");
        assertThat(problems("store.s3 { bucket = backups, secret-key = x }").getMessage())
                .contains("there is no setting store.s3.secret-key");
    }

    @Test
    void everySettingReachesItsPlace() throws Exception {
        ServerConfig config = ServerConfig.load(file("""
                listen = "[::1]:0"
                public-url = "https://backup.example.net:8443/"
                trusted-proxies = [10.0.0.0/8, "::1"]
                tls { certificate = /c.pem, key = /k.pem }
                http {
                  workers = 3, queue = 4, max-head = 5 KiB, max-line = 2 KiB, max-body = 17 KiB
                  head-time = 6s, body-time = 7s, idle-time = 11s, max-connections = 9
                }
                database { url = "jdbc:postgresql://db/holdfast", user = u, password = p, readers = 12 }
                access {
                  nonce-lifetime = 30s, max-nonces = 17
                  empty-list-admits = true, list-on-every-call = true, whitelist-spelling = true
                }
                sessions { idle = 26m, lifetime = 27h, most-per-key = 28 }
                delivery {
                  retries = 1.5, grace = 1m, tail-window = 2m, tail-size = 3 MiB, stall = 4s, max-streams = 5, max-per-client = 3, max-per-link = 2
                  slab-size = 8 KiB, slabs-ahead = 6, hash-at-once = 7 MiB, hash-wait = 8s, node = n1
                }
                schedule.interval = 21s
                agents { poll = 22s, lease = 23s, silence = 24s, retry-after = 25s }
                store { block-size = 8 KiB, level = small, pack-size = 64 KiB, open-files = 2, cached-index = 1 KiB }
                """));

        assertThat(config.schedule())
                .isEqualTo(new ScheduleSettings(
                        Duration.ofSeconds(21),
                        new AgentsSettings(
                                Duration.ofSeconds(23),
                                Duration.ofSeconds(22),
                                Duration.ofSeconds(24),
                                Duration.ofSeconds(25))));
        HttpConfig http = config.http();
        assertThat(http.host()).isEqualTo("::1");
        assertThat(http.port()).isZero();
        assertThat(http.publicUrl()).isEqualTo("https://backup.example.net:8443");
        assertThat(http.trustedProxies()).containsExactly("10.0.0.0/8", "::1");
        assertThat(http.tls()).isEqualTo(new HttpConfig.Tls(Path.of("/c.pem"), Path.of("/k.pem")));
        assertThat(http.workers()).isEqualTo(3);
        assertThat(http.queue()).isEqualTo(4);
        assertThat(http.limits())
                .isEqualTo(new HttpConfig.Limits(
                        5 << 10,
                        2 << 10,
                        17 << 10,
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(11),
                        9));
        assertThat(config.database().url()).isEqualTo("jdbc:postgresql://db/holdfast");
        assertThat(config.database().password()).isEqualTo("p");
        assertThat(config.database().readers()).isEqualTo(12);
        assertThat(config.access())
                .isEqualTo(new AccessSettings(
                        Duration.ofSeconds(30),
                        17,
                        false,
                        true,
                        true,
                        true,
                        new SessionSettings(Duration.ofMinutes(26), Duration.ofHours(27), 28)));
        assertThat(config.delivery())
                .isEqualTo(new DeliverySettings(
                        1.5,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        3 << 20,
                        Duration.ofSeconds(4),
                        5,
                        3,
                        2,
                        8 << 10,
                        6,
                        7 << 20,
                        Duration.ofSeconds(8),
                        "n1"));
        assertThat(config.store()).isEqualTo(new StoreSettings(8 << 10, SegmentLevel.SMALL, 64 << 10, 2, 1 << 10));
    }

    @Test
    void everySettingOfTheServiceReachesItsPlace() throws Exception {
        ServiceSettings service = ServerConfig.load(file("""
                http.drain-time = 3s
                limits { requests-per-minute = 100, burst = 7 }
                metrics.allow = [10.0.0.0/8, "::1"]
                readiness.min-free = 5 MiB
                log.format = json
                events.keep = 2h
                webhooks { allow-private = true, attempts = 4, timeout = 2s }
                """)).service();
        assertThat(service.protection()).isEqualTo(new Protection(100, 7, Duration.ofSeconds(3)));
        assertThat(service.metricsFrom()).containsExactly(ProxyBlock.parse("10.0.0.0/8"), ProxyBlock.parse("::1"));
        assertThat(service.minFree()).isEqualTo(5 << 20);
        assertThat(service.jsonLogs()).isTrue();
        assertThat(service.events()).isEqualTo(new EventSettings(Duration.ofHours(2), true, 4, Duration.ofSeconds(2)));
        assertThat(ServerConfig.defaults().service()).isEqualTo(ServiceSettings.DEFAULTS);
        assertThat(problems("log.format = xml").getMessage()).contains("log.format must be text or json");
        assertThat(problems("metrics.allow = [here]").getMessage()).contains("metrics.allow");
    }

    @Test
    void allProblemsAreToldTogetherWithNameAndLine() throws Exception {
        ConfigProblems problems = problems("""
                listen = 8080
                http.workers = 0
                http.body-time = soon
                store.block-size = 5000
                store.level = best
                trusted-proxies = [proxy.example.net]
                tls.certificate = c.pem
                mms.centralUrl = "http://old"
                http.wrokers = 3
                """);
        assertThat(problems.problems()).hasSize(9);
        assertThat(problems.getMessage())
                .contains(
                        "listen: an address to listen on is HOST:PORT",
                        "http.workers must be 1 to 1000, not 0 (line 2)",
                        "http.body-time must be a time, for example 30s, not soon (line 3)",
                        "store: block size must be a power of two",
                        "store.level: segment level must be fast or small, not best",
                        "trusted-proxies: not an IP address or CIDR block: proxy.example.net",
                        "tls.certificate and tls.key go together",
                        "mms.centralUrl is no setting of Holdfast: say public-url",
                        "there is no setting http.wrokers (line 9)",
                        "\nHINT: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database { password = [s3cret] , url = \"jdbc:postgresql://h/d\" }",
                "database { password = s3cret }",
                "database { url = \"mysql://u:s3cret@h/d\" }",
                "database { password = s3cret } }",
                "database { password = \"s3cret }",
                "store.s3 { bucket = backups, endpoint = \"https://u:s3cret@h\" }",
                "store.s3 { bucket = backups, endpoint = \"https://h/ s3cret\" }",
            })
    void noProblemQuotesASecret(String text) throws Exception {
        assertThat(problems(text).getMessage()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://h", "https://h/path", "https://", "https://a b", "h:80", "https://u@h", "https://h:0"})
    void publicUrlIsSchemeHostAndPort(String url) throws Exception {
        assertThat(problems("public-url = \"" + url + "\"").getMessage()).contains("public-url: ", url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host:", ":80", "host:65536", "::1:80", "host:-1", "[::1]"})
    void listenIsHostAndPort(String listen) throws Exception {
        assertThat(problems("listen = \"" + listen + "\"").getMessage()).contains("listen: ", listen);
    }

    @Test
    void missingFileIsNamed() {
        Path file = folder.resolve("none.conf");
        ConfigProblems problems = catchThrowableOfType(ConfigProblems.class, () -> ServerConfig.load(file));
        assertThat(problems).hasMessageContaining(file.toString());
    }

    @Test
    void unknownPlaceholderIsExplained() throws Exception {
        assertThat(problems("public-url = ${NO_SUCH_VARIABLE_HERE}").getMessage())
                .contains("write ${?NAME}");
    }

    @Test
    void optionsChangeTheGateWhenTheServerIsNoLongerOnLoopback() {
        ServerConfig config = ServerConfig.defaults();
        assertThat(config.access().loopbackOnly()).isTrue();
        assertThat(config.withListen("0.0.0.0:80").access().loopbackOnly()).isFalse();
        assertThat(config.withPublicUrl("https://h").access().loopbackOnly()).isFalse();
        assertThat(config.withListen("localhost:0").access().loopbackOnly()).isTrue();
    }

    private ConfigProblems problems(String text) throws Exception {
        Path file = file(text);
        return catchThrowableOfType(ConfigProblems.class, () -> ServerConfig.load(file));
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("holdfast.conf"), text);
    }
}
