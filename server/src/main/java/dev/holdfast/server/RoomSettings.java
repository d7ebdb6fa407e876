package dev.holdfast.server;

import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.access.AccessSettings;
import dev.holdfast.server.access.SessionSettings;
import dev.holdfast.server.agents.AgentsSettings;
import dev.holdfast.server.delivery.DeliverySettings;
import dev.holdfast.server.scrub.ScrubSettings;
import dev.holdfast.store.packed.StoreSettings;
import java.time.Duration;

/** The settings of database, gate, downloads and store. */
final class RoomSettings {
    private static final int DEFAULT_READERS = 8;
    private static final Duration DAY = Duration.ofDays(1);

    private RoomSettings() {}

    static DatabaseConfig database(SettingsReader settings) {
        String url = settings.text("database.url", null);
        String user = settings.text("database.user", null);
        String password = settings.secret("database.password");
        int readers = settings.number("database.readers", DEFAULT_READERS, 1, 64);
        if (url == null) {
            if (user != null || password != null || settings.isSet("database.readers")) {
                settings.problem("database.user, password and readers need database.url.");
            }
            return null;
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            // not quoted: a URL of another form may hold a password
            settings.problem(
                    "database.url must begin with jdbc:postgresql: (without it, rows are in the data" + " directory).");
            return null;
        }
        return new DatabaseConfig(url, user, password, readers);
    }

    static AccessSettings access(SettingsReader settings, boolean loopbackOnly) {
        AccessSettings defaults = AccessSettings.defaults(loopbackOnly);
        return new AccessSettings(
                settings.time(
                        "access.nonce-lifetime", defaults.nonceLifetime(), Duration.ofSeconds(1), Duration.ofHours(1)),
                settings.number("access.max-nonces", defaults.maxNonces(), 16, 1_000_000),
                loopbackOnly,
                settings.flag("access.empty-list-admits", defaults.emptyListAdmits()),
                settings.flag("access.list-on-every-call", defaults.listOnEveryCall()),
                settings.flag("access.whitelist-spelling", defaults.whitelistSpelling()),
                sessions(settings, defaults.sessions()));
    }

    private static SessionSettings sessions(SettingsReader settings, SessionSettings defaults) {
        return new SessionSettings(
                settings.time("sessions.idle", defaults.idle(), Duration.ofMinutes(1), DAY),
                settings.time("sessions.lifetime", defaults.lifetime(), Duration.ofMinutes(5), DAY.multipliedBy(30)),
                settings.number("sessions.most-per-key", defaults.mostPerKey(), 1, 1000));
    }

    static DeliverySettings delivery(SettingsReader settings) {
        DeliverySettings defaults = DeliverySettings.DEFAULTS;
        return new DeliverySettings(
                settings.fraction("delivery.retries", defaults.retries(), 0, 1_000_000),
                settings.time("delivery.grace", defaults.grace(), Duration.ZERO, DAY.multipliedBy(30)),
                settings.time("delivery.tail-window", defaults.tailWindow(), Duration.ZERO, DAY),
                settings.bytes("delivery.tail-size", defaults.tailBytes(), 0, 1L << 40),
                settings.time("delivery.stall", defaults.stall(), Duration.ofSeconds(1), DAY),
                settings.number("delivery.max-streams", defaults.maxStreams(), 1, 10_000),
                settings.number("delivery.max-per-client", defaults.maxPerClient(), 1, 10_000),
                settings.number("delivery.max-per-link", defaults.maxPerLink(), 1, 10_000),
                settings.bytes("delivery.slab-size", defaults.slabBytes(), 4 << 10, 16 << 20),
                settings.number("delivery.slabs-ahead", defaults.slabsAhead(), 2, 64),
                settings.bytes("delivery.hash-at-once", defaults.hashAtOnce(), 0, 1L << 50),
                settings.time("delivery.hash-wait", defaults.hashWait(), Duration.ZERO, Duration.ofMinutes(1)),
                node(settings, defaults.node()));
    }

    private static String node(SettingsReader settings, String otherwise) {
        String node = settings.text("delivery.node", otherwise);
        if (!node.matches("[A-Za-z0-9._-]{1,64}")) {
            settings.problem("delivery.node must be 1 to 64 letters, digits, dots, dashes or underscores.");
            return otherwise;
        }
        return node;
    }

    static HousekeepingSettings housekeeping(SettingsReader settings) {
        HousekeepingSettings defaults = HousekeepingSettings.DEFAULTS;
        return new HousekeepingSettings(
                settings.time("housekeeping.interval", defaults.interval(), Duration.ofSeconds(1), DAY),
                settings.time("housekeeping.abandon-after", defaults.abandonAfter(), DAY, DAY.multipliedBy(3650)),
                settings.flag("housekeeping.sweep", defaults.sweeps()),
                settings.time(
                        "housekeeping.sweep-interval",
                        defaults.sweepInterval(),
                        Duration.ofMinutes(1),
                        DAY.multipliedBy(365)));
    }

    static ScrubSettings scrub(SettingsReader settings) {
        ScrubSettings defaults = ScrubSettings.DEFAULTS;
        long bytes = settings.bytes("scrub.bytes-per-day", defaults.bytesPerDay(), 0, 1L << 50);
        ScrubSettings scrub = new ScrubSettings(bytes, defaults.pauseFrom(), defaults.pauseTo());
        return settings.parsed("scrub.pause", scrub, scrub::withPause);
    }

    static ScheduleSettings schedule(SettingsReader settings) {
        ScheduleSettings defaults = ScheduleSettings.DEFAULTS;
        AgentsSettings agents = defaults.agents();
        Duration second = Duration.ofSeconds(1);
        return new ScheduleSettings(
                settings.time("schedule.interval", defaults.interval(), second, Duration.ofHours(1)),
                new AgentsSettings(
                        settings.time("agents.lease", agents.lease(), second.multipliedBy(4), DAY),
                        settings.time("agents.poll", agents.poll(), second, Duration.ofMinutes(10)),
                        settings.time("agents.silence", agents.silence(), second.multipliedBy(4), DAY),
                        settings.time("agents.retry-after", agents.retryAfter(), second, DAY)));
    }

    static StoreSettings store(SettingsReader settings) {
        StoreSettings defaults = StoreSettings.DEFAULT;
        int blockSize = settings.bytes("store.block-size", defaults.blockSize(), 4 << 10, 4 << 20);
        SegmentLevel level = settings.parsed("store.level", defaults.level(), SegmentLevel::of);
        int packSize = settings.bytes("store.pack-size", defaults.packBytes(), 64 << 10, 1 << 30);
        int openFiles = settings.number("store.open-files", defaults.openFiles(), 1, 100_000);
        int cachedIndex = settings.bytes("store.cached-index", defaults.cachedIndexBytes(), 0, 1 << 30);
        return settings.checked(
                "store", defaults, () -> new StoreSettings(blockSize, level, packSize, openFiles, cachedIndex));
    }
}
