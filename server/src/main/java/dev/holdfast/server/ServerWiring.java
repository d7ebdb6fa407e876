package dev.holdfast.server;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.database.Lease;
import dev.holdfast.server.access.AccessGate;
import dev.holdfast.server.access.AccessListRoutes;
import dev.holdfast.server.access.AdminKeyRoutes;
import dev.holdfast.server.access.AgentKeys;
import dev.holdfast.server.access.CallersKey;
import dev.holdfast.server.access.FirstUserRoutes;
import dev.holdfast.server.access.GlobalListRoutes;
import dev.holdfast.server.access.GroupKeyRoutes;
import dev.holdfast.server.access.Keys;
import dev.holdfast.server.access.ListUses;
import dev.holdfast.server.access.OrgKeyRoutes;
import dev.holdfast.server.access.SecretsKey;
import dev.holdfast.server.access.Tenants;
import dev.holdfast.server.access.UserListRoutes;
import dev.holdfast.server.agents.AgentRoutes;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.audit.AuditRoutes;
import dev.holdfast.server.audit.AuditTrail;
import dev.holdfast.server.delivery.DeliveryLinks;
import dev.holdfast.server.delivery.DeliverySettings;
import dev.holdfast.server.delivery.PartLinks;
import dev.holdfast.server.deployment.AllClustersRoutes;
import dev.holdfast.server.deployment.ClusterChangeRoutes;
import dev.holdfast.server.deployment.ClusterRoutes;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.GroupChangeRoutes;
import dev.holdfast.server.deployment.GroupRoutes;
import dev.holdfast.server.deployment.GroupTies;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.HostChangeRoutes;
import dev.holdfast.server.deployment.HostRoutes;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.deployment.OrgRoutes;
import dev.holdfast.server.deployment.Orgs;
import dev.holdfast.server.deployment.RootRoutes;
import dev.holdfast.server.drill.DrillRoutes;
import dev.holdfast.server.drill.Drills;
import dev.holdfast.server.drill.SnapshotDrill;
import dev.holdfast.server.drill.WiredTigerVerify;
import dev.holdfast.server.encryption.EncryptionRoutes;
import dev.holdfast.server.events.EventStreams;
import dev.holdfast.server.events.Events;
import dev.holdfast.server.events.SealKey;
import dev.holdfast.server.events.WebhookRoutes;
import dev.holdfast.server.events.WebhookSender;
import dev.holdfast.server.events.Webhooks;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.HealthRoutes;
import dev.holdfast.server.http.HttpServerRunner;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.http.Router;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.metrics.MetricsRoutes;
import dev.holdfast.server.reference.OpenApiRoutes;
import dev.holdfast.server.restorejob.ArchiveLinks;
import dev.holdfast.server.restorejob.AutomatedRestores;
import dev.holdfast.server.restorejob.ClusterRestoreJobRoutes;
import dev.holdfast.server.restorejob.HostRestoreJobRoutes;
import dev.holdfast.server.restorejob.JobControlRoutes;
import dev.holdfast.server.restorejob.RestoreAgentRoutes;
import dev.holdfast.server.restorejob.RestoreJobs;
import dev.holdfast.server.restorejob.SnapshotFinder;
import dev.holdfast.server.schedule.BackupConfigRoutes;
import dev.holdfast.server.schedule.BackupConfigs;
import dev.holdfast.server.schedule.OnDemandRoutes;
import dev.holdfast.server.schedule.Scheduler;
import dev.holdfast.server.schedule.SnapshotRuns;
import dev.holdfast.server.scrub.ScrubLog;
import dev.holdfast.server.scrub.ScrubRoutes;
import dev.holdfast.server.scrub.Scrubber;
import dev.holdfast.server.snapshot.CheckpointRoutes;
import dev.holdfast.server.snapshot.Checkpoints;
import dev.holdfast.server.snapshot.DamagedParts;
import dev.holdfast.server.snapshot.Retention;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotChangeRoutes;
import dev.holdfast.server.snapshot.SnapshotRoutes;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.server.snapshot.ingest.IngestRoutes;
import dev.holdfast.server.snapshot.ingest.IngestSettings;
import dev.holdfast.server.snapshot.ingest.RestoreInfo;
import dev.holdfast.server.snapshot.ingest.SnapshotIngest;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.cipher.StoreKeys;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.sweep.RepackRule;
import dev.holdfast.store.sweep.Sweep;
import dev.holdfast.store.sweep.SweepMargins;
import dev.holdfast.store.sweep.SweepReport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one class that knows every room: opens what a node needs, in order, and closes it in the reverse order. Commands
 * that do not serve use the doors and never call {@link #start}.
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

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Database database;
    private final PackedSnapshotStore store;
    private final ListUses listUses;
    private final AuditTrail audit;
    private final Events events;
    private final Webhooks webhooks;
    private final WebhookSender sender;
    private final EventStreams streams;
    private final ServerMetrics metrics;
    private final Orgs orgs;
    private final Groups groups;
    private final Clusters clusters;
    private final Hosts hosts;
    private final Keys keys;
    private final AgentKeys agentKeys;
    private final Snapshots snapshots;
    private final Agents agents;
    private final BackupConfigs backups;
    private final Scheduler scheduler;
    private final SnapshotIngest ingest;
    private final DeliveryLinks links;
    private final Housekeeper housekeeper;
    private final Router router;
    private final ScrubLog scrubs;
    private final Scrubber scrubber;
    private final Drills drills;
    private final HttpServerRunner http;
    private final StoreKeys storeKeys;

    private ServerWiring(DataDirectory data, ServerConfig config, Clock clock, SecureRandom random) {
        ObjectIds ids = new ObjectIds(clock, random);
        DatabaseConfig rows = config.database() == null ? DatabaseConfig.sqlite(data.database()) : config.database();
        database = opened(Database.open(rows, MIGRATIONS));
        BlobStore blobs = opened(StoreBlobs.open(data, config, clock, random));
        storeKeys = StoreBlobs.keys(blobs);
        store = opened(PackedSnapshotStore.openOrCreate(blobs, config.store(), random));
        StoreBlobs.remember(data, config);

        SecretsKey secrets = SecretsKey.open(data.secrets(), random);
        audit = opened(new AuditTrail(database, AuditCheck.headKeys(secrets)));
        events = new Events(database);
        webhooks = new Webhooks(database, sealKeys(secrets), config.service().events(), ids, random);
        sender = opened(new WebhookSender(database, webhooks, config.service().events(), clock, random));
        metrics = new ServerMetrics(clock);
        Witness witness = new Witness(audit, events);
        keys = new Keys(database, secrets, ids, random, witness);
        agentKeys = new AgentKeys(database, ids, random, witness);
        AccessGate gate = new AccessGate(database, keys, agentKeys, secrets, config.access(), random);

        listUses = opened(gate.listUses());
        orgs = new Orgs(database);
        groups = new Groups(database, clock, ids, ties());
        clusters = new Clusters(database, clock, ids);
        hosts = new Hosts(database, clock, this::keepHostOfSnapshots);
        snapshots = new Snapshots(database, clock, ids, clusters, hosts, witness);
        IngestSettings intake =
                IngestSettings.defaults(data.spool()).withLevel(config.store().level());
        ingest = opened(new SnapshotIngest(snapshots, new RestoreInfo(groups, hosts), store, intake, clock));
        links = opened(new DeliveryLinks(database, store, delivery(config, random), witness, clock, random));
        Retention retention = new Retention(database, store, links::pinned, witness);
        agents = new Agents(database, clock, ids, config.schedule().agents());
        backups = new BackupConfigs(database, clusters, hosts);
        SnapshotRuns runs = new SnapshotRuns(database, ids, clusters, hosts, backups, snapshots, agents);
        DamagedParts damage = new DamagedParts();
        Checkpoints checkpoints = new Checkpoints(database);
        AutomatedRestores restores = new AutomatedRestores(database, agents, clusters, hosts);
        SnapshotFinder finder = SnapshotFinder.of(snapshots, checkpoints);
        RestoreJobs jobs = new RestoreJobs(database, finder, ArchiveLinks.of(links), restores, ids, damage::reason);
        scrubs = new ScrubLog(database, damage, new PartLinks());
        Path scratch = data.drills();
        drills = opened(new Drills(
                database,
                clock,
                ids,
                snapshot -> drill(scratch, blobs, clock, step -> {}).run(snapshot)));

        router = new Router();
        streams = new EventStreams(events, config.service().events(), clock);
        http = new HttpServerRunner(
                config.http(), config.service().protection(), router, gate, audit.changes(), clock, ids);
        Runnable answers = () -> database.read(handle -> handle.execute("SELECT 1"));
        Readiness readiness = new Readiness(answers, data, config.service().minFree(), http::isStopping, clock);
        List<Routes> routes = List.of(
                new HealthRoutes(answers, readiness),
                new OpenApiRoutes(router::routes, config.http().version().versionString()),
                new MetricsRoutes(
                        metrics.all(),
                        config.service().metricsFrom(),
                        config.http().loopbackOnly()),
                new WebhookRoutes(webhooks),
                streams,
                new RootRoutes(config.http().version().gitHash(), new CallersKey(keys)),
                new OrgKeyRoutes(keys, tenants()),
                new GroupKeyRoutes(keys, tenants()),
                new AdminKeyRoutes(keys, tenants()),
                new AccessListRoutes(keys, tenants(), listUses),
                new FirstUserRoutes(keys),
                new GlobalListRoutes(keys, ids),
                new UserListRoutes(keys, listUses),
                new OrgRoutes(orgs, groups),
                new GroupRoutes(groups),
                new GroupChangeRoutes(groups),
                new AllClustersRoutes(groups, orgs, clusters, hosts),
                new ClusterRoutes(groups, clusters),
                new ClusterChangeRoutes(groups, clusters),
                new HostRoutes(groups, clusters, hosts),
                new HostChangeRoutes(groups, clusters, hosts),
                new SnapshotRoutes(groups, clusters, hosts, snapshots),
                new SnapshotChangeRoutes(groups, clusters, snapshots, retention),
                new HostRestoreJobRoutes(groups, hosts, jobs),
                new ClusterRestoreJobRoutes(groups, clusters, jobs),
                new IngestRoutes(ingest, intake),
                new AuditRoutes(audit),
                links.routes(),
                new AgentRoutes(agents),
                new EncryptionRoutes(storeKeys),
                new CheckpointRoutes(groups, clusters, checkpoints),
                new JobControlRoutes(groups, jobs),
                new RestoreAgentRoutes(jobs),
                new BackupConfigRoutes(groups, clusters, backups),
                new OnDemandRoutes(groups, clusters, runs),
                new ScrubRoutes(scrubs, snapshots, config.scrub()),
                new DrillRoutes(snapshotSource(damage), drills));
        routes.forEach(noun -> noun.addTo(router));
        // what the uploads of another node were told is pinned there only
        Runnable sweep = config.mayShareStore() ? () -> {} : () -> metrics.swept(sweep(blobs, store, clock));
        housekeeper = opened(housekeeper(retention, sweep, config, clock, ids));
        scrubber = opened(scrubber(blobs, config, clock, ids));
        scheduler = opened(scheduler(runs, retention, config, clock, ids));
        opened(http);
        // closed first: a stop waits for what is under way, and these would never end by themselves
        opened(streams);
        metrics.of(http.traffic());
        metrics.of(links, witness);
        metrics.of(snapshots);
        metrics.of(streams, sender);
    }

    /** Opens a data directory; it must exist. Several processes may have it open, one of them may {@link #start}. */
    public static ServerWiring open(DataDirectory data, ServerConfig config, Clock clock, SecureRandom random) {
        return new ServerWiring(data, config, clock, random);
    }

    /** Takes up what a crash left, then listens; returns when requests are answered. */
    public void start() {
        // finishes a rotation of secrets.key, and says so when it does not belong to this database
        keys.reseal();
        webhooks.reseal();
        audit.start();
        probeStoreKeys();
        sender.start();
        streams.start();
        listUses.start();
        ingest.start();
        links.start();
        housekeeper.start();
        scheduler.start();
        scrubber.start();
        http.start();
    }

    /** A key file must have the store's key; a key server may come later, for only new restores need it. */
    private void probeStoreKeys() {
        try {
            if (storeKeys != null) {
                log.info("the store is encrypted with {}", storeKeys.probe());
            }
        } catch (Unavailable e) {
            if (!storeKeys.areRemote()) {
                throw e;
            }
            log.warn(
                    "the store's master key is not available, restores and captures will be refused: {}",
                    e.getMessage());
        }
    }

    private Housekeeper housekeeper(
            Retention retention, Runnable sweep, ServerConfig config, Clock clock, ObjectIds ids) {
        // another id for each process: one that was started again must not think that it has the lease already
        String holder = config.delivery().node() + ":" + ids.next();
        Duration length = Housekeeper.leaseOf(config.housekeeping());
        Lease lease = new Lease(database, "housekeeping", holder, length, clock);
        return new Housekeeper(retention, sweep, lease, config.housekeeping(), clock);
    }

    private Scrubber scrubber(BlobStore blobs, ServerConfig config, Clock clock, ObjectIds ids) {
        String holder = config.delivery().node() + ":" + ids.next();
        Lease lease = new Lease(database, ScrubLog.LEASE, holder, Scrubber.LEASE, clock);
        return new Scrubber(scrubs, blobs, store, lease, config.scrub(), clock);
    }

    /** Makes a drill below {@code scratch}; damage that it meets marks the parts that need the file. */
    private SnapshotDrill drill(Path scratch, BlobStore blobs, Clock clock, Consumer<String> progress) {
        return new SnapshotDrill(
                store,
                new WiredTigerVerify(System.getenv("PATH")),
                scratch,
                progress,
                damage -> scrubs.add(List.of(damage), name -> blobs.list(name).contains(name), clock.instant()));
    }

    private DrillRoutes.SnapshotSource snapshotSource(DamagedParts damage) {
        return new DrillRoutes.SnapshotSource() {
            @Override
            public Optional<Snapshot> find(SnapshotId id) {
                return snapshots.find(id);
            }

            @Override
            public Map<String, String> damage(Snapshot snapshot) {
                Map<String, String> reasons = new HashMap<>();
                database.read(damage::all).forEach((part, reason) -> reasons.put(part.hex(), reason));
                return reasons;
            }
        };
    }

    private Scheduler scheduler(
            SnapshotRuns runs, Retention retention, ServerConfig config, Clock clock, ObjectIds ids) {
        String holder = config.delivery().node() + ":" + ids.next();
        Duration interval = config.schedule().interval();
        Lease lease = new Lease(database, "schedule", holder, Scheduler.leaseOf(interval), clock);
        return new Scheduler(database, runs, retention, lease, interval, clock);
    }

    private static List<SealKey> sealKeys(SecretsKey secrets) {
        return secrets.derived("holdfast webhook secret", "AES").stream()
                .map(key -> new SealKey(key.id(), key.key()))
                .toList();
    }

    private static SweepReport sweep(BlobStore blobs, PackedSnapshotStore store, Clock clock) {
        Sweep sweep = new Sweep(blobs, store, SweepMargins.SAFE, RepackRule.DEFAULT);
        SweepReport report = sweep.run(sweep.plan(clock.instant()));
        log.info(
                "sweep: {} packs and {} pages deleted, {} packs repacked, {} bytes freed and {} copied",
                report.packs(),
                report.pages(),
                report.repacked(),
                report.bytes(),
                report.copied());
        report.left().forEach(why -> log.warn("sweep: {}", why));
        return report;
    }

    /** What a project means to the rooms that deployment does not know. */
    private GroupTies ties() {
        return new GroupTies() {
            @Override
            public void founded(Handle tx, GroupId group, Caller founder) {
                keys.own(tx, founder, group);
            }

            @Override
            public void closing(Handle tx, GroupId group) {
                if (snapshots.has(tx, group) || backups.anyActive(tx, group)) {
                    throw new Refusal(ErrorCode.CANNOT_CLOSE_ACCOUNT_ACTIVE_BACKUP);
                }
                keys.forget(tx, group);
                agentKeys.forget(tx, group);
                events.forget(tx, group);
                backups.forget(tx, group);
                agents.forget(tx, group);
            }
        };
    }

    /** A host that snapshots were read from is what they are found under. */
    private void keepHostOfSnapshots(Handle tx, GroupId group, HostId host) {
        if (snapshots.has(tx, group, host)) {
            throw new Refusal(ErrorCode.CANNOT_MODIFY_MANAGED_HOST, host.hex())
                    .saying("Host " + host + " has had snapshots, which are found under it; it cannot be deleted.");
        }
    }

    /** What projects and organisations mean to keys. */
    private Tenants tenants() {
        return new Tenants() {
            @Override
            public Optional<OrgId> orgOf(Handle handle, GroupId group) {
                return groups.find(handle, group).map(Group::orgId);
            }

            @Override
            public boolean exists(Handle handle, OrgId org) {
                return orgs.find(handle, org).isPresent();
            }
        };
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
        return housekeeper;
    }

    /** Who takes snapshots when they are due. */
    Scheduler scheduler() {
        return scheduler;
    }

    /** The store. */
    SnapshotStore store() {
        return store;
    }

    /** Transactions across rooms. */
    public Database database() {
        return database;
    }

    /** The projects. */
    public Groups groups() {
        return groups;
    }

    /** Their clusters. */
    public Clusters clusters() {
        return clusters;
    }

    /** Their hosts. */
    public Hosts hosts() {
        return hosts;
    }

    /** The snapshots. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** What is known to be damaged. */
    public ScrubLog scrubs() {
        return scrubs;
    }

    /** The drills. */
    public Drills drills() {
        return drills;
    }

    /** Who scrubs. */
    Scrubber scrubber() {
        return scrubber;
    }

    /** The API keys. */
    public Keys keys() {
        return keys;
    }

    /** The figures that {@code /metrics} shows. */
    public ServerMetrics metrics() {
        return metrics;
    }

    /** The agents' keys. */
    public AgentKeys agentKeys() {
        return agentKeys;
    }

    /** Closes everything, the listener first; does nothing the second time. */
    @Override
    public synchronized void close() {
        IllegalStateException trouble = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                // what is below it must be closed all the same: rows and the store are the last
                if (trouble == null) {
                    trouble = new IllegalStateException("stopping: " + e.getMessage(), e);
                } else {
                    trouble.addSuppressed(e);
                }
            }
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    /**
     * A node says at its start that what it was sending before is over. Two that share rows under one name would say it of
     * each other, so one that was given no name of its own gets one by chance.
     */
    private static DeliverySettings delivery(ServerConfig config, SecureRandom random) {
        DeliverySettings delivery = config.delivery();
        boolean unnamed = delivery.node().equals(DeliverySettings.DEFAULTS.node());
        return config.database() != null && unnamed ? delivery.withNode(Long.toHexString(random.nextLong())) : delivery;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }
}
