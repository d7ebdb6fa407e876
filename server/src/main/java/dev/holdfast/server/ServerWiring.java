package dev.holdfast.server;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.Database;
import dev.holdfast.database.Lease;
import dev.holdfast.server.access.AgentKeys;
import dev.holdfast.server.access.Keys;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.audit.AuditTrail;
import dev.holdfast.server.delivery.DeliveryLinks;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.drill.Drills;
import dev.holdfast.server.events.Events;
import dev.holdfast.server.http.HttpServerRunner;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.http.Router;
import dev.holdfast.server.restorejob.RestoreJobs;
import dev.holdfast.server.schedule.BackupConfigs;
import dev.holdfast.server.schedule.Scheduler;
import dev.holdfast.server.scrub.ScrubLog;
import dev.holdfast.server.scrub.Scrubber;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.server.tracing.Tracing;
import dev.holdfast.server.tracing.TracingSettings;
import dev.holdfast.store.SnapshotStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one class that puts a node together: opens the rooms in order, and closes what is open in the reverse order.
 * Commands that do not serve use the doors and never call {@link #start}. Who knows whom is said in
 * {@link ServerRooms}, what can be asked in {@link ServerRoutes}, what happens unasked in {@link BackgroundWork}.
 */
public final class ServerWiring implements AutoCloseable {
    /** The migrations of every room, by the order of their numbers. */
    public static final List<String> MIGRATIONS = List.of(
            Lease.MIGRATIONS,
            "dev/holdfast/server/access/migrations",
            "dev/holdfast/server/deployment/migrations",
            Snapshots.MIGRATIONS,
            RestoreJobs.MIGRATIONS,
            DeliveryLinks.MIGRATIONS,
            AuditTrail.MIGRATIONS,
            Events.MIGRATIONS,
            Agents.MIGRATIONS,
            BackupConfigs.MIGRATIONS,
            ScrubLog.MIGRATIONS,
            Drills.MIGRATIONS);

    private static final Logger log = LoggerFactory.getLogger(ServerWiring.class);

    private final Opened opened = new Opened();
    private final ServerRooms rooms;
    private final ServerMetrics metrics;
    private final Router router;
    private final BackgroundWork work;
    private final HttpServerRunner http;

    private ServerWiring(DataDirectory data, ServerConfig config, Clock clock, SecureRandom random) {
        rooms = new ServerRooms(data, config, clock, random, opened);
        metrics = new ServerMetrics(clock);
        router = new Router();
        TracingSettings traces = config.service().tracing();
        Tracing tracing =
                traces.isOn() ? new Tracing(traces, config.http().version().versionString()) : null;
        if (tracing != null) {
            opened.keep(tracing);
        }
        http = new HttpServerRunner(
                config.http(),
                config.service().protection(),
                router,
                rooms.gate,
                rooms.audit.changes(),
                tracing,
                clock,
                rooms.ids);
        Runnable rows = () -> rooms.database.read(handle -> handle.execute("SELECT 1"));
        Readiness readiness = new Readiness(rows, data, config.service().minFree(), http::isStopping, clock);
        ServerRoutes.of(rooms, config, router, rows, readiness, metrics.all()).forEach(noun -> noun.addTo(router));
        work = new BackgroundWork(rooms, config, metrics, tracing, clock, opened);
        opened.keep(http);
        // closed first: a stop waits for what is under way, and these would never end by themselves
        opened.keep(rooms.streams);
        metrics.of(http.traffic());
        metrics.of(rooms.links, rooms.witness);
        metrics.of(rooms.snapshots);
        metrics.of(rooms.streams, rooms.sender);
        metrics.scrubbed(() -> rooms.scrubs.state().lastBegun());
    }

    /** Opens a data directory; it must exist. Several processes may have it open, one of them may {@link #start}. */
    public static ServerWiring open(DataDirectory data, ServerConfig config, Clock clock, SecureRandom random) {
        return new ServerWiring(data, config, clock, random);
    }

    /** Takes up what a crash left, then listens; returns when requests are answered. */
    public void start() {
        // finishes a rotation of secrets.key, and says so when it does not belong to this database
        rooms.keys.reseal();
        rooms.webhooks.reseal();
        rooms.audit.start();
        probeStoreKeys();
        rooms.sender.start();
        rooms.streams.start();
        rooms.listUses.start();
        rooms.ingest.start();
        rooms.links.start();
        work.start();
        http.start();
    }

    /** A key file must have the store's key; a key server may come later, for only new restores need it. */
    private void probeStoreKeys() {
        try {
            if (rooms.storeKeys != null) {
                log.info("the store is encrypted with {}", rooms.storeKeys.probe());
            }
        } catch (Unavailable e) {
            if (!rooms.storeKeys.areRemote()) {
                throw e;
            }
            log.warn(
                    "the store's master key is not available, restores and captures will be refused: {}",
                    e.getMessage());
        }
    }

    /** Where it answers, without a final slash; only after {@link #start}. */
    public String baseUrl() {
        return http.url();
    }

    /** What can be asked. */
    List<RouteEntry> routes() {
        return router.routes();
    }

    /** Who tidies up. */
    Housekeeper housekeeper() {
        return work.housekeeper;
    }

    /** Who takes snapshots when they are due. */
    Scheduler scheduler() {
        return work.scheduler;
    }

    /** The store. */
    SnapshotStore store() {
        return rooms.store;
    }

    /** Transactions across rooms. */
    public Database database() {
        return rooms.database;
    }

    /** The projects. */
    public Groups groups() {
        return rooms.groups;
    }

    /** Their clusters. */
    public Clusters clusters() {
        return rooms.clusters;
    }

    /** Their hosts. */
    public Hosts hosts() {
        return rooms.hosts;
    }

    /** The snapshots. */
    public Snapshots snapshots() {
        return rooms.snapshots;
    }

    /** What is known to be damaged. */
    public ScrubLog scrubs() {
        return rooms.scrubs;
    }

    /** The drills. */
    public Drills drills() {
        return rooms.drills;
    }

    /** Who scrubs. */
    Scrubber scrubber() {
        return work.scrubber;
    }

    /** The API keys. */
    public Keys keys() {
        return rooms.keys;
    }

    /** The figures that {@code /metrics} shows. */
    public ServerMetrics metrics() {
        return metrics;
    }

    /** The agents' keys. */
    public AgentKeys agentKeys() {
        return rooms.agentKeys;
    }

    /** Closes everything, the listener first; does nothing the second time. */
    @Override
    public void close() {
        opened.close();
    }
}
