package dev.holdfast.server;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.access.AccessSettings;
import dev.holdfast.server.access.AddressBlock;
import dev.holdfast.server.access.Grant;
import dev.holdfast.server.access.NewApiKey;
import dev.holdfast.server.access.Role;
import dev.holdfast.server.http.HttpConfig;
import dev.holdfast.server.testing.TestClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The whole server as {@code serve} wires it, on a free port of loopback, with two projects whose snapshots came in over
 * the agent API. Its clock stands still until it is moved; nonces live for a minute.
 */
final class WiredServer implements AutoCloseable {
    static final String API = "/api/public/v1.0";
    static final Instant START = Instant.parse("2016-03-04T22:07:27Z");
    static final Duration NONCE_LIFETIME = Duration.ofMinutes(1);

    /** How long the snapshots live. */
    static final int SNAPSHOT_HOURS = 48;

    final TestClock clock = new TestClock(START);
    final ServerWiring wiring;
    final int port;

    /** The project that the tests' keys are for. */
    final WiredProject ours;

    /** A project that only {@link #foreignKey} may see. */
    final WiredProject theirs;

    /** Owner of our project. */
    final NewApiKey owner;

    /** Owner of our organisation, and a key of it. */
    final NewApiKey orgOwner;

    /** A key of our organisation without a role in it. */
    final NewApiKey member;

    /** Owner of the whole installation. */
    final NewApiKey globalOwner;

    /** May read our project. */
    final NewApiKey reader;

    /** May enter hosts in our project, but restore nothing. */
    final NewApiKey monitor;

    /** Owner of our project who may restore only from elsewhere. */
    final NewApiKey distant;

    /** Reads every project. */
    final NewApiKey everywhere;

    /** Owner of the other project. */
    final NewApiKey foreignKey;

    /** Over SQLite. */
    WiredServer(Path directory) throws IOException {
        this(directory, null);
    }

    /** Over {@code database}, null for SQLite. */
    WiredServer(Path directory, DatabaseConfig database) throws IOException {
        this(directory, database, null);
    }

    /** Over {@code database}, null for SQLite, its store encrypted unless {@code encryption} is null. */
    WiredServer(Path directory, DatabaseConfig database, EncryptionSettings encryption) throws IOException {
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        data.create();
        wiring = ServerWiring.open(data, config(database, encryption), clock, new SecureRandom());
        wiring.start();
        port = URI.create(wiring.baseUrl()).getPort();
        ours = new WiredProject(wiring, port, "ours", SNAPSHOT_HOURS);
        theirs = new WiredProject(wiring, port, "secretly", SNAPSHOT_HOURS);
        owner = key("owner", ours.group.id(), Role.GROUP_OWNER);
        orgOwner = orgKey("org owner", Grant.in(ours.group.orgId(), Role.ORG_OWNER));
        member = orgKey("member", Grant.in(ours.group.id(), Role.GROUP_READ_ONLY));
        globalOwner = wiring.keys().create("global owner", List.of(Grant.global(Role.GLOBAL_OWNER)), START);
        reader = key("reader", ours.group.id(), Role.GROUP_READ_ONLY);
        monitor = key("monitor", ours.group.id(), Role.GROUP_MONITORING_ADMIN);
        distant = key("distant", ours.group.id(), Role.GROUP_OWNER);
        wiring.keys().allow(distant.id(), AddressBlock.parse("192.0.2.0/24"), START);
        everywhere = wiring.keys().create("everywhere", List.of(Grant.global(Role.GLOBAL_READ_ONLY)), START);
        foreignKey = key("foreign", theirs.group.id(), Role.GROUP_OWNER);
    }

    /** A client that signs in with {@code key}. */
    SignedClient client(NewApiKey key) {
        return new SignedClient(port, key);
    }

    /** Rows of a table. */
    long rows(String table) {
        return wiring.database()
                .read(handle -> handle.createQuery("SELECT COUNT(*) FROM " + table)
                        .mapTo(Long.class)
                        .one());
    }

    private NewApiKey orgKey(String desc, Grant grant) {
        return wiring.database().write(tx -> wiring.keys().create(tx, ours.group.orgId(), desc, List.of(grant), START));
    }

    private NewApiKey key(String desc, GroupId group, Role role) {
        return wiring.keys().create(desc, List.of(Grant.in(group, role)), START);
    }

    /** What a node over {@code database} is set to. */
    static ServerConfig config(DatabaseConfig database) {
        return config(database, null);
    }

    private static ServerConfig config(DatabaseConfig database, EncryptionSettings encryption) {
        ServerConfig config = ServerConfig.defaults()
                .withListen("127.0.0.1:0")
                .withVersion(new HttpConfig.Version("0123abc", "1.2.3"));
        AccessSettings access = config.access();
        return new ServerConfig(
                config.http(),
                database,
                new AccessSettings(
                        NONCE_LIFETIME,
                        access.maxNonces(),
                        access.loopbackOnly(),
                        access.emptyListAdmits(),
                        access.listOnEveryCall(),
                        access.whitelistSpelling()),
                config.delivery(),
                config.store(),
                config.s3(),
                config.housekeeping(),
                config.schedule(),
                encryption,
                config.service());
    }

    @Override
    public void close() {
        wiring.close();
    }
}
