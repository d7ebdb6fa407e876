package dev.holdfast.server;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.access.AccessGate;
import dev.holdfast.server.access.AgentKeys;
import dev.holdfast.server.access.Keys;
import dev.holdfast.server.access.ListUses;
import dev.holdfast.server.access.SecretsKey;
import dev.holdfast.server.access.Sessions;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.audit.AuditTrail;
import dev.holdfast.server.delivery.DeliveryLinks;
import dev.holdfast.server.delivery.DeliverySettings;
import dev.holdfast.server.delivery.PartLinks;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.deployment.Orgs;
import dev.holdfast.server.drill.Drills;
import dev.holdfast.server.events.EventStreams;
import dev.holdfast.server.events.Events;
import dev.holdfast.server.events.SealKey;
import dev.holdfast.server.events.WebhookSender;
import dev.holdfast.server.events.Webhooks;
import dev.holdfast.server.overview.Overview;
import dev.holdfast.server.restorejob.AgentRestores;
import dev.holdfast.server.restorejob.ArchiveLinks;
import dev.holdfast.server.restorejob.AutomatedRestores;
import dev.holdfast.server.restorejob.RestoreJobs;
import dev.holdfast.server.restorejob.SnapshotFinder;
import dev.holdfast.server.schedule.BackupConfigs;
import dev.holdfast.server.schedule.SnapshotRuns;
import dev.holdfast.server.scrub.ScrubLog;
import dev.holdfast.server.snapshot.Checkpoints;
import dev.holdfast.server.snapshot.DamagedParts;
import dev.holdfast.server.snapshot.Retention;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.server.snapshot.ingest.IngestSettings;
import dev.holdfast.server.snapshot.ingest.RestoreInfo;
import dev.holdfast.server.snapshot.ingest.SnapshotIngest;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.cipher.StoreKeys;
import dev.holdfast.store.packed.PackedSnapshotStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/**
 * Every room of a node with what it stands on, made in the order in which they need each other. Nothing runs yet, and
 * nothing is decided here but who knows whom.
 */
final class ServerRooms {
    final ObjectIds ids;
    final Database database;
    final BlobStore blobs;
    final PackedSnapshotStore store;

    /** Null when the store is not encrypted. */
    final StoreKeys storeKeys;

    final AuditTrail audit;
    final Events events;
    final Webhooks webhooks;
    final WebhookSender sender;

    /** Not kept by {@code opened}: they have to end before the listener does. */
    final EventStreams streams;

    final Witness witness;
    final Keys keys;
    final AgentKeys agentKeys;
    final Sessions sessions;
    final AccessGate gate;
    final ListUses listUses;
    final Orgs orgs;
    final Groups groups;
    final Clusters clusters;
    final Hosts hosts;
    final RoomTies ties;
    final Snapshots snapshots;
    final IngestSettings intake;
    final SnapshotIngest ingest;
    final DeliveryLinks links;
    final Retention retention;
    final Agents agents;
    final BackupConfigs backups;
    final SnapshotRuns runs;
    final DamagedParts damage;
    final Checkpoints checkpoints;
    final RestoreJobs jobs;
    final AgentRestores agentRestores;
    final ScrubLog scrubs;
    final Drilling drilling;
    final Drills drills;
    final Overview overview;

    /** Opens them; {@code opened} closes what has to be closed, the store and the rows last. */
    ServerRooms(DataDirectory data, ServerConfig config, Clock clock, SecureRandom random, Opened opened) {
        ids = new ObjectIds(clock, random);
        DatabaseConfig rows = config.database() == null ? DatabaseConfig.sqlite(data.database()) : config.database();
        blobs = opened.keep(StoreBlobs.open(data, config, clock, random));
        // what a newer version wrote is refused before rows are brought up to date, which cannot be taken back
        PackedSnapshotStore.requireReadable(blobs);
        database = opened.keep(Database.open(rows, ServerWiring.MIGRATIONS));
        storeKeys = StoreBlobs.keys(blobs);
        store = opened.keep(PackedSnapshotStore.openOrCreate(blobs, config.store(), random));
        StoreBlobs.remember(data, config);

        ties = new RoomTies(this);
        SecretsKey secrets = SecretsKey.open(data.secrets(), random);
        audit = opened.keep(new AuditTrail(database, AuditCheck.headKeys(secrets)));
        events = new Events(database);
        webhooks = new Webhooks(database, sealKeys(secrets), config.service().events(), ids, random);
        sender = opened.keep(
                new WebhookSender(database, webhooks, config.service().events(), clock, random));
        witness = new Witness(audit, events, this::agentRestores);
        keys = new Keys(database, secrets, ids, random, witness);
        agentKeys = new AgentKeys(database, ids, random, witness);
        sessions = new Sessions(database, keys, config.access().sessions(), ids, random, witness);
        gate = new AccessGate(database, keys, sessions, agentKeys, secrets, config.access(), random);
        listUses = opened.keep(gate.listUses());
        orgs = new Orgs(database);
        groups = new Groups(database, clock, ids, ties);
        clusters = new Clusters(database, clock, ids);
        hosts = new Hosts(database, clock, ties::keepHostOfSnapshots);
        snapshots = new Snapshots(database, clock, ids, clusters, hosts, witness);
        intake = IngestSettings.defaults(data.spool()).withLevel(config.store().level());
        ingest = opened.keep(new SnapshotIngest(snapshots, new RestoreInfo(groups, hosts), store, intake, clock));
        links = opened.keep(new DeliveryLinks(database, store, delivery(config, random), witness, clock, random));
        retention = new Retention(database, store, links::pinned, witness);
        agents = new Agents(database, clock, ids, config.schedule().agents(), witness);
        backups = new BackupConfigs(database, clusters, hosts);
        runs = new SnapshotRuns(database, ids, clusters, hosts, backups, snapshots, agents);
        damage = new DamagedParts();
        checkpoints = new Checkpoints(database);
        AutomatedRestores restores = new AutomatedRestores(database, agents, clusters, hosts);
        SnapshotFinder finder = SnapshotFinder.of(snapshots, checkpoints);
        jobs = new RestoreJobs(database, finder, ArchiveLinks.of(links), restores, ids, damage::reason, witness);
        agentRestores = new AgentRestores(agents);
        scrubs = new ScrubLog(database, damage, new PartLinks());
        drilling = new Drilling(this, data.drills(), clock);
        drills = opened.keep(new Drills(database, clock, ids, drilling::run));
        NodeSurroundings around = new NodeSurroundings(data, config, storeKeys);
        overview = new Overview(database, groups, clusters, hosts, agents, drills, scrubs, config.scrub(), around);
        streams = new EventStreams(events, config.service().events(), clock);
    }

    private AgentRestores agentRestores() {
        return agentRestores;
    }

    private static List<SealKey> sealKeys(SecretsKey secrets) {
        return secrets.derived("holdfast webhook secret", "AES").stream()
                .map(key -> new SealKey(key.id(), key.key()))
                .toList();
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
}
