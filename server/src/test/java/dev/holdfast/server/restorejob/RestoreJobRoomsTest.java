package dev.holdfast.server.restorejob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.delivery.DeliveryLinks;
import dev.holdfast.server.delivery.DeliverySettings;
import dev.holdfast.server.delivery.LinkState;
import dev.holdfast.server.snapshot.Checkpoints;
import dev.holdfast.server.snapshot.Snapshots;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCaller;
import dev.holdfast.server.testing.TestDeployment;
import dev.holdfast.store.PartSummary;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rooms below restore jobs are the real ones here; only the bytes are missing. */
final class RestoreJobRoomsTest {
    private static final PartSummary FIGURES = new PartSummary(1, 10, 1, 10, 10);

    @TempDir
    private Path folder;

    private final EmptyStore store = new EmptyStore();
    private Database database;
    private TestDeployment there;
    private Snapshots snapshots;
    private DeliveryLinks links;
    private RestoreJobs jobs;
    private Instant now;

    @BeforeEach
    void openRooms() {
        database = TestDatabases.sqlite(
                folder,
                List.of(
                        TestDeployment.MIGRATIONS,
                        Snapshots.MIGRATIONS,
                        RestoreJobs.MIGRATIONS,
                        DeliveryLinks.MIGRATIONS,
                        Agents.MIGRATIONS));
        there = new TestDeployment(database);
        now = there.clock.instant();
        snapshots = new Snapshots(database, there.clock, there.ids, there.clusters, there.hosts);
        links = new DeliveryLinks(database, store, DeliverySettings.DEFAULTS, there.clock, new SecureRandom());
        jobs = new RestoreJobs(
                database,
                SnapshotFinder.of(snapshots, new Checkpoints(database)),
                ArchiveLinks.of(links),
                RestoreJobContract.restores(database, there),
                there.ids);
    }

    @AfterEach
    void closeRooms() {
        links.close();
        database.close();
    }

    @Test
    void aBatch_needsEveryPart_butTheConfigServerAloneOnlyItsOwn() {
        SnapshotId snapshot = snapshots.begin(
                there.group.id(), new BeginSnapshot(there.sharded.id().hex(), null, null));
        part(snapshot, null, there.mirrors.get(0).id().hex());
        assertThatThrownBy(() -> jobs.create(there.sharded, snapshot, DeliveryTerms.within(1, 1, now), now))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code())
                                .isEqualTo(ErrorCode.CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT));
        RestoreJob alone = jobs.create(there.mirrors.get(0), snapshot, DeliveryTerms.within(1, 1, now), now);
        assertThat(alone.batchId()).isNull();

        part(snapshot, there.shard0.id().hex(), null);
        part(snapshot, there.shard1.id().hex(), null);
        snapshots.commitSnapshot(there.group.id(), snapshot);
        List<RestoreJob> batch = jobs.create(there.sharded, snapshot, DeliveryTerms.within(3, 24, now), now);
        assertThat(batch)
                .extracting(RestoreJob::hostId)
                .containsExactly(there.mirrors.get(0).id(), null, null);
        assertThat(batch).extracting(RestoreJob::clusterId).containsExactly(null, there.shard1.id(), there.shard0.id());
        for (RestoreJob job : batch) {
            LinkState link = jobs.link(job, now);
            assertThat(link.path())
                    .startsWith("/backup/restore/v2/pull/" + job.id() + "/")
                    .endsWith("-" + job.timestampSeconds() + "-" + job.id() + ".tar.gz");
        }
    }

    @Test
    @Timeout(20)
    void aJob_whoseBytesGo_isBroken() throws InterruptedException {
        SnapshotId snapshot = snapshots.begin(
                there.group.id(),
                new BeginSnapshot(null, there.mirrors.get(0).id().hex(), null));
        part(snapshot, null, there.mirrors.get(0).id().hex());
        RestoreJob job = jobs.create(there.mirrors.get(0), snapshot, DeliveryTerms.within(1, 1, now), now);
        TestApi api = new TestApi(
                TestCaller.memberOf(there.group.id()), now, new HostRestoreJobRoutes(there.groups, there.hosts, jobs));
        String path =
                "/api/public/v1.0/groups/" + there.group.id() + "/hosts/" + job.hostId() + "/restoreJobs/" + job.id();
        RestoreJobJson shown = (RestoreJobJson) api.get(path).document();
        // the background finds it out
        while (shown.statusName().equals("FINISHED")) {
            Thread.sleep(10);
            shown = (RestoreJobJson) api.get(path).document();
        }
        assertThat(shown.statusName()).isEqualTo("BROKEN");
        assertThat(shown.delivery().statusName()).isEqualTo("FAILED");
        assertThat(shown.hashes()).isNull();
    }

    @Test
    void aJob_isNotMade_ofAPartWhoseBytesAreGone() {
        SnapshotId snapshot = snapshots.begin(
                there.group.id(),
                new BeginSnapshot(null, there.mirrors.get(0).id().hex(), null));
        part(snapshot, null, there.mirrors.get(0).id().hex());
        store.there.clear();
        assertThatThrownBy(() -> jobs.create(there.mirrors.get(0), snapshot, DeliveryTerms.within(1, 1, now), now))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code())
                                .isEqualTo(ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT));
    }

    @Test
    @Timeout(20)
    void whileTheStoreIsAsked_othersCanWrite_andASnapshotThatGoesMeanwhileIsNotRestored() throws Exception {
        SnapshotId snapshot = snapshots.begin(
                there.group.id(),
                new BeginSnapshot(null, there.mirrors.get(0).id().hex(), null));
        part(snapshot, null, there.mirrors.get(0).id().hex());
        List<Integer> changed = new ArrayList<>();
        // another connection, as other requests have; it would wait for the end of a transaction
        store.asked = () -> CompletableFuture.runAsync(() -> changed.add(database.write(
                        tx -> tx.execute("UPDATE snapshot SET deleted = ? WHERE id = ?", 1, snapshot.hex()))))
                .join();
        assertThatThrownBy(() -> jobs.create(there.mirrors.get(0), snapshot, DeliveryTerms.within(1, 1, now), now))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code())
                                .isEqualTo(ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT));
        assertThat(changed).containsExactly(1);
    }

    private void part(SnapshotId snapshot, String cluster, String host) {
        var begun = snapshots.beginPart(
                there.group.id(),
                snapshot,
                new BeginPart(cluster, host, now.getEpochSecond(), 1, null, null, false, null));
        store.there.add(begun.part().id());
        assertThat(snapshots.partCommitted(there.group.id(), begun.part().id(), FIGURES))
                .isPresent();
    }
}
