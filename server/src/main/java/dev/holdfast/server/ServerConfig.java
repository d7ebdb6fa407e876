package dev.holdfast.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.access.AccessSettings;
import dev.holdfast.server.delivery.DeliverySettings;
import dev.holdfast.server.http.HttpConfig;
import dev.holdfast.server.scrub.ScrubSettings;
import dev.holdfast.store.blob.s3.S3Settings;
import dev.holdfast.store.packed.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything an operator may set, with defaults for what is not. The file is HOCON; {@code ${?NAME}} takes a value, a
 * password for example, from the environment. docs/configuration.md lists the settings.
 *
 * @param http where to listen, public URL, proxies, TLS, limits
 * @param database the database, null for SQLite in the data directory
 * @param access the gate's strictness; loopbackOnly is computed from {@code http} and has no setting
 * @param delivery downloads
 * @param store the store, as far as it is not fixed when it is made
 * @param s3 where the store's blobs lie, null for the data directory
 * @param housekeeping when the node tidies up
 * @param schedule when due snapshots are looked for, and how agents are waited for
 * @param encryption of the store, null for none
 * @param service limits, stopping, metrics, logs, events
 * @param scrub when and how much the node scrubs
 */
public record ServerConfig(
        HttpConfig http,
        DatabaseConfig database,
        AccessSettings access,
        DeliverySettings delivery,
        StoreSettings store,
        S3Settings s3,
        HousekeepingSettings housekeeping,
        ScheduleSettings schedule,
        EncryptionSettings encryption,
        ServiceSettings service,
        ScrubSettings scrub) {
    // likely names from Ops Manager's conf-mms.properties, and plausible wrong ones
    private static final Map<String, String> RETIRED = Map.of(
            "mms.centralUrl", "say public-url",
            "mms.https.PEMKeyFile", "say tls.certificate and tls.key",
            "mongo.mongoUri", "rows are kept in SQLite or PostgreSQL, say database.url",
            "port", "say listen = \"HOST:PORT\"",
            "host", "say listen = \"HOST:PORT\"",
            "data", "give the data directory as --data DIR");

    /** With the store's blobs in the data directory. */
    public ServerConfig(
            HttpConfig http,
            DatabaseConfig database,
            AccessSettings access,
            DeliverySettings delivery,
            StoreSettings store) {
        this(
                http,
                database,
                access,
                delivery,
                store,
                null,
                HousekeepingSettings.DEFAULTS,
                ScheduleSettings.DEFAULTS,
                null,
                ServiceSettings.DEFAULTS);
    }

    /** With a scrub as it is unless set. */
    public ServerConfig(
            HttpConfig http,
            DatabaseConfig database,
            AccessSettings access,
            DeliverySettings delivery,
            StoreSettings store,
            S3Settings s3,
            HousekeepingSettings housekeeping,
            ScheduleSettings schedule,
            EncryptionSettings encryption,
            ServiceSettings service) {
        this(
                http,
                database,
                access,
                delivery,
                store,
                s3,
                housekeeping,
                schedule,
                encryption,
                service,
                ScrubSettings.DEFAULTS);
    }

    /** What holds when nothing is set. */
    public static ServerConfig defaults() {
        return read(ConfigFactory.empty(), "the defaults");
    }

    /**
     * Reads a settings file.
     *
     * @throws ConfigProblems when it cannot be read, is not HOCON, or has settings that cannot be used
     */
    public static ServerConfig load(Path file) {
        if (!Files.isReadable(file)) {
            throw new ConfigProblems(file.toString(), List.of("there is no such file, or it cannot be read."));
        }
        try {
            ConfigParseOptions hocon =
                    ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF);
            return read(ConfigFactory.parseFile(file.toFile(), hocon).resolve(), file.toString());
        } catch (ConfigException e) {
            // the parser's own message would quote the line, and that may hold a password
            int line = e.origin() == null ? 0 : e.origin().lineNumber();
            String what = e instanceof ConfigException.UnresolvedSubstitution
                    ? "a ${NAME} stands for nothing; write ${?NAME} where it may be absent"
                    : "it is not HOCON";
            throw new ConfigProblems(file.toString(), List.of(what + (line > 0 ? " (line " + line + ")." : ".")));
        }
    }

    /** The same, listening elsewhere: {@code HOST:PORT}, port 0 for any free one. */
    public ServerConfig withListen(String hostAndPort) {
        return with(http.listeningOn(hostAndPort));
    }

    /** The same with another public URL. */
    public ServerConfig withPublicUrl(String url) {
        return with(http.reachedAt(url));
    }

    /** The same with TLS. */
    public ServerConfig withTls(Path certificate, Path key) {
        return with(http.withTls(new HttpConfig.Tls(certificate, key)));
    }

    /** The same with another version in its answers. */
    public ServerConfig withVersion(HttpConfig.Version version) {
        return with(http.withVersion(version));
    }

    /**
     * Whether processes on other nodes may take uploads into the same store: one in a bucket, with rows in PostgreSQL. A
     * data directory is held by one process, and so is SQLite.
     */
    public boolean mayShareStore() {
        return s3 != null && database != null;
    }

    private ServerConfig with(HttpConfig other) {
        AccessSettings gate = new AccessSettings(
                access.nonceLifetime(),
                access.maxNonces(),
                other.loopbackOnly(),
                access.emptyListAdmits(),
                access.listOnEveryCall(),
                access.whitelistSpelling(),
                access.sessions());
        return new ServerConfig(
                other, database, gate, delivery, store, s3, housekeeping, schedule, encryption, service, scrub);
    }

    private static ServerConfig read(Config config, String source) {
        SettingsReader settings = new SettingsReader(config);
        HttpConfig http = HttpSettings.read(settings);
        ServerConfig read = new ServerConfig(
                http,
                RoomSettings.database(settings),
                RoomSettings.access(settings, http.loopbackOnly()),
                RoomSettings.delivery(settings),
                RoomSettings.store(settings),
                BucketSettings.read(settings),
                RoomSettings.housekeeping(settings),
                RoomSettings.schedule(settings),
                EncryptionSettings.read(settings),
                ServiceSettings.read(settings),
                RoomSettings.scrub(settings));
        settings.finish(source, RETIRED);
        return read;
    }
}
