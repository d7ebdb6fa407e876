package dev.holdfast.server;

import dev.holdfast.server.access.AccessListRoutes;
import dev.holdfast.server.access.AdminKeyRoutes;
import dev.holdfast.server.access.CallersKey;
import dev.holdfast.server.access.FirstUserRoutes;
import dev.holdfast.server.access.GlobalListRoutes;
import dev.holdfast.server.access.GroupKeyRoutes;
import dev.holdfast.server.access.OrgKeyRoutes;
import dev.holdfast.server.access.SessionRoutes;
import dev.holdfast.server.access.UserListRoutes;
import dev.holdfast.server.agents.AgentRoutes;
import dev.holdfast.server.audit.AuditRoutes;
import dev.holdfast.server.deployment.AllClustersRoutes;
import dev.holdfast.server.deployment.ClusterChangeRoutes;
import dev.holdfast.server.deployment.ClusterRoutes;
import dev.holdfast.server.deployment.GroupChangeRoutes;
import dev.holdfast.server.deployment.GroupRoutes;
import dev.holdfast.server.deployment.HostChangeRoutes;
import dev.holdfast.server.deployment.HostRoutes;
import dev.holdfast.server.deployment.OrgRoutes;
import dev.holdfast.server.deployment.RootRoutes;
import dev.holdfast.server.drill.DrillRoutes;
import dev.holdfast.server.encryption.EncryptionRoutes;
import dev.holdfast.server.events.WebhookRoutes;
import dev.holdfast.server.http.HealthRoutes;
import dev.holdfast.server.http.Router;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.metrics.Metrics;
import dev.holdfast.server.metrics.MetricsRoutes;
import dev.holdfast.server.overview.GroupAgentRoutes;
import dev.holdfast.server.overview.OverviewRoutes;
import dev.holdfast.server.overview.RunRoutes;
import dev.holdfast.server.overview.Runs;
import dev.holdfast.server.reference.OpenApiRoutes;
import dev.holdfast.server.restorejob.ClusterRestoreJobRoutes;
import dev.holdfast.server.restorejob.HostRestoreJobRoutes;
import dev.holdfast.server.restorejob.JobControlRoutes;
import dev.holdfast.server.restorejob.RestoreAgentRoutes;
import dev.holdfast.server.schedule.BackupConfigRoutes;
import dev.holdfast.server.schedule.OnDemandRoutes;
import dev.holdfast.server.scrub.ScrubRoutes;
import dev.holdfast.server.snapshot.CheckpointRoutes;
import dev.holdfast.server.snapshot.GrowthRoutes;
import dev.holdfast.server.snapshot.SnapshotChangeRoutes;
import dev.holdfast.server.snapshot.SnapshotRoutes;
import dev.holdfast.server.snapshot.ingest.IngestRoutes;
import dev.holdfast.server.ui.UiRoutes;
import java.util.List;

/** All routes of a node, by noun. */
final class ServerRoutes {
    private ServerRoutes() {}

    /**
     * Lists them; the order does not matter.
     *
     * @param router what they will be added to, asked for the reference only when that is read
     * @param rows throws when the rows cannot be read
     */
    static List<Routes> of(
            ServerRooms rooms,
            ServerConfig config,
            Router router,
            Runnable rows,
            Readiness readiness,
            Metrics metrics) {
        return List.of(
                new HealthRoutes(rows, readiness),
                new OpenApiRoutes(router::routes, config.http().version().versionString()),
                new MetricsRoutes(
                        metrics, config.service().metricsFrom(), config.http().loopbackOnly()),
                new WebhookRoutes(rooms.webhooks),
                rooms.streams,
                new RootRoutes(config.http().version().gitHash(), new CallersKey(rooms.keys)),
                new OrgKeyRoutes(rooms.keys, rooms.ties),
                new GroupKeyRoutes(rooms.keys, rooms.ties),
                new AdminKeyRoutes(rooms.keys, rooms.ties),
                new AccessListRoutes(rooms.keys, rooms.ties, rooms.listUses),
                new SessionRoutes(
                        rooms.sessions,
                        rooms.keys,
                        config.access(),
                        config.http().tls() != null),
                new FirstUserRoutes(rooms.keys),
                new GlobalListRoutes(rooms.keys, rooms.ids),
                new UserListRoutes(rooms.keys, rooms.listUses),
                new OrgRoutes(rooms.orgs, rooms.groups),
                new GroupRoutes(rooms.groups),
                new GroupChangeRoutes(rooms.groups),
                new AllClustersRoutes(rooms.groups, rooms.orgs, rooms.clusters, rooms.hosts),
                new ClusterRoutes(rooms.groups, rooms.clusters),
                new ClusterChangeRoutes(rooms.groups, rooms.clusters),
                new HostRoutes(rooms.groups, rooms.clusters, rooms.hosts),
                new HostChangeRoutes(rooms.groups, rooms.clusters, rooms.hosts),
                new SnapshotRoutes(rooms.groups, rooms.clusters, rooms.hosts, rooms.snapshots),
                new SnapshotChangeRoutes(rooms.groups, rooms.clusters, rooms.snapshots, rooms.retention),
                new HostRestoreJobRoutes(rooms.groups, rooms.hosts, rooms.jobs),
                new ClusterRestoreJobRoutes(rooms.groups, rooms.clusters, rooms.jobs),
                new IngestRoutes(rooms.ingest, rooms.intake),
                new AuditRoutes(rooms.audit),
                rooms.links.routes(),
                new AgentRoutes(rooms.agents),
                new EncryptionRoutes(rooms.storeKeys),
                new CheckpointRoutes(rooms.groups, rooms.clusters, rooms.checkpoints),
                new JobControlRoutes(rooms.groups, rooms.jobs),
                new RestoreAgentRoutes(rooms.jobs),
                new BackupConfigRoutes(rooms.groups, rooms.clusters, rooms.backups),
                new OnDemandRoutes(rooms.groups, rooms.clusters, rooms.runs),
                new ScrubRoutes(rooms.scrubs, rooms.snapshots, config.scrub()),
                new DrillRoutes(rooms.drilling, rooms.drills),
                new OverviewRoutes(rooms.groups, rooms.overview),
                new GrowthRoutes(rooms.groups, rooms.clusters, rooms.hosts, rooms.snapshots),
                new GroupAgentRoutes(rooms.groups, rooms.hosts, rooms.agents),
                new RunRoutes(rooms.groups, new Runs(rooms.database, rooms.agents, rooms.agentRestores)),
                new UiRoutes());
    }
}
