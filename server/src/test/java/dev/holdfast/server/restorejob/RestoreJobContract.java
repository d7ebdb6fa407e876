package dev.holdfast.server.restorejob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.BatchId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.AgentsSettings;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.testing.TestDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the table of this room must do on every database. */
abstract class RestoreJobContract {
    static final List<String> MIGRATIONS =
            List.of(TestDeployment.MIGRATIONS, RestoreJobs.MIGRATIONS, Agents.MIGRATIONS);
    static final Instant NOW = Instant.parse("2016-03-04T22:07:27.123456Z");
    private static final Paging ALL = new Paging(1, 100, true);
    private static final GroupId OTHER = new GroupId("0123456789abcdef01234567");

    private Database database;
    private TestDeployment there;
    private MemorySnapshots snapshots;
    private MemoryLinks links;
    private RestoreJobs jobs;
    private Host mirror;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        there = new TestDeployment(database);
        snapshots = new MemorySnapshots(there);
        links = new MemoryLinks();
        jobs = new RestoreJobs(database, snapshots, links, restores(database, there), there.ids);
        mirror = there.mirrors.get(0);
    }

    static AutomatedRestores restores(Database database, TestDeployment there) {
        Agents agents = new Agents(database, there.clock, there.ids, AgentsSettings.DEFAULTS);
        return new AutomatedRestores(database, agents, there.clusters, there.hosts);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void aJob_readsBackEqual() {
        RestoreJob host = jobs.create(
                mirror,
                snapshots.kept(snapshots.ofSharded()).id(),
                terms(DeliveryTerms.NO_LIMIT, DeliveryTerms.MAX_HOURS),
                NOW);
        assertThat(jobs.find(there.group.id(), mirror.id(), host.id())).contains(host);
        RestoreJob encrypted = jobs.create(there.csrs, snapshots.ofCsrs().id(), terms(1, 1), NOW)
                .get(0);
        assertThat(encrypted.masterKeyUUID()).isNotNull();
        assertThat(jobs.find(there.group.id(), there.csrs.id(), encrypted.id())).contains(encrypted);
    }

    @Test
    void aBatch_hasOneJobPerPart_newestFirst_andShowsThemWhereTheyBelong() {
        Snapshot snapshot = snapshots.ofSharded();
        List<RestoreJob> batch = jobs.create(there.sharded, snapshot.id(), terms(1, 1), NOW);
        assertThat(batch)
                .extracting(RestoreJob::partId)
                .containsExactly(
                        snapshot.parts().get(2).id(),
                        snapshot.parts().get(1).id(),
                        snapshot.parts().get(0).id());
        BatchId id = batch.get(0).batchId();
        assertThat(id).isNotNull();
        assertThat(batch).extracting(RestoreJob::batchId).containsOnly(id);

        assertThat(jobs.list(there.group.id(), there.sharded.id(), null, ALL)).isEqualTo(new JobPage(batch, 3));
        assertThat(jobs.list(there.group.id(), there.sharded.id(), id, ALL)).isEqualTo(new JobPage(batch, 3));
        assertThat(jobs.list(there.group.id(), there.shard1.id(), null, ALL).jobs())
                .containsExactly(batch.get(1));
        assertThat(jobs.list(there.group.id(), mirror.id(), ALL).jobs()).containsExactly(batch.get(0));
        assertThat(jobs.list(there.group.id(), there.mirrors.get(1).id(), ALL)).isEqualTo(new JobPage(List.of(), 0));
        assertThat(jobs.list(there.group.id(), there.replicaSet.id(), null, ALL).jobs())
                .isEmpty();
        for (RestoreJob job : batch) {
            assertThat(jobs.find(there.group.id(), there.sharded.id(), job.id()))
                    .contains(job);
        }
        assertThat(jobs.find(there.group.id(), there.shard0.id(), batch.get(2).id()))
                .contains(batch.get(2));
    }

    @Test
    void aJobOfAHostAlone_isNotShownUnderTheCluster() {
        RestoreJob job = jobs.create(mirror, snapshots.ofSharded().id(), terms(1, 1), NOW);
        assertThat(job.batchId()).isNull();
        assertThat(jobs.list(there.group.id(), there.sharded.id(), null, ALL).total())
                .isZero();
        assertThat(jobs.find(there.group.id(), there.sharded.id(), job.id())).isEmpty();
        assertThat(jobs.list(there.group.id(), mirror.id(), ALL).jobs()).containsExactly(job);
    }

    @Test
    void aJob_isNotFoundUnderAnotherProjectHostOrCluster() {
        RestoreJob job = jobs.create(there.sharded, snapshots.ofSharded().id(), terms(1, 1), NOW)
                .get(0);
        assertThat(jobs.find(OTHER, mirror.id(), job.id())).isEmpty();
        assertThat(jobs.find(OTHER, there.sharded.id(), job.id())).isEmpty();
        assertThat(jobs.find(there.group.id(), there.mirrors.get(1).id(), job.id()))
                .isEmpty();
        assertThat(jobs.find(there.group.id(), there.shard0.id(), job.id())).isEmpty();
        assertThat(jobs.list(OTHER, there.sharded.id(), null, ALL).total()).isZero();
        assertThat(jobs.list(OTHER, mirror.id(), ALL).total()).isZero();
    }

    @Test
    void lists_areNewestFirst_inPagesThatFitTogether() {
        Snapshot snapshot = snapshots.ofReplicaSet();
        for (int i = 0; i < 5; i++) {
            jobs.create(there.replicaSet, snapshot.id(), terms(1, 1), NOW.plusSeconds(i % 3));
        }
        List<RestoreJob> all =
                jobs.list(there.group.id(), there.replicaSet.id(), null, ALL).jobs();
        assertThat(all)
                .extracting(job -> job.created().getEpochSecond() - NOW.getEpochSecond())
                .containsExactly(2L, 1L, 1L, 0L, 0L);
        assertThat(all.get(1).id().hex()).isGreaterThan(all.get(2).id().hex());
        for (int page = 1; page <= 3; page++) {
            JobPage part = jobs.list(there.group.id(), there.replicaSet.id(), null, new Paging(page, 2, true));
            assertThat(part.total()).isEqualTo(5);
            assertThat(part.jobs()).isEqualTo(all.subList(2 * page - 2, Math.min(2 * page, 5)));
        }
        assertThat(jobs.list(there.group.id(), there.replicaSet.id(), null, new Paging(2_147_483_647, 500, true))
                        .jobs())
                .isEmpty();
    }

    @Test
    void create_leavesNoJob_whenItsLinkCannotBeMade() {
        links.full = true;
        assertThatThrownBy(
                        () -> jobs.create(there.sharded, snapshots.ofSharded().id(), terms(1, 1), NOW))
                .hasMessage("disk full");
        assertThat(jobs.list(there.group.id(), there.sharded.id(), null, ALL).total())
                .isZero();
    }

    @Test
    void create_refusesASnapshotFromTheMomentItExpires() {
        Snapshot config = snapshots.ofSharded();
        Snapshot set = snapshots.ofReplicaSet();
        Instant last = MemorySnapshots.EXPIRES.minusMillis(1);
        Instant over = MemorySnapshots.EXPIRES;
        assertRefused(
                () -> jobs.create(mirror, config.id(), DeliveryTerms.within(1, 1, last), last),
                ErrorCode.LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION);
        DeliveryTerms late = DeliveryTerms.within(1, 1, over);
        ErrorCode gone = ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT;
        assertRefused(() -> jobs.create(mirror, config.id(), late, over), gone);
        assertRefused(() -> jobs.create(there.replicaSet, set.id(), late, over), gone);
        assertRefused(
                () -> jobs.create(there.sharded, config.id(), late, over),
                ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_CLUSTER_SNAPSHOT);
    }

    @Test
    void create_refusesAWholeBatch_whenTheBytesOfOnePartAreGone() {
        Snapshot snapshot = snapshots.ofSharded();
        links.gone.add(snapshot.parts().get(1).id());
        assertRefused(
                () -> jobs.create(there.sharded, snapshot.id(), terms(1, 1), NOW),
                ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_CLUSTER_SNAPSHOT);
        assertThat(jobs.list(there.group.id(), there.sharded.id(), null, ALL).total())
                .isZero();
        assertThat(jobs.create(mirror, snapshot.id(), terms(1, 1), NOW)).isNotNull();
        links.gone.add(snapshot.parts().get(2).id());
        assertRefused(
                () -> jobs.create(mirror, snapshot.id(), terms(1, 1), NOW),
                ErrorCode.CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT);
    }

    @Test
    void create_asksForALinkOfThePart_thatEndsWithTheJob() {
        Snapshot snapshot = snapshots.ofSharded();
        RestoreJob job = jobs.create(mirror, snapshot.id(), terms(3, 24), NOW);
        assertThat(links.requests.get(job.id())).satisfies(request -> {
            assertThat(request.part()).isEqualTo(snapshot.parts().get(2).id());
            assertThat(request.fileName()).isEqualTo("config-" + mirror.id() + "-1456098690-" + job.id() + ".tar.gz");
            assertThat(request.maxDownloads()).isEqualTo(3);
            assertThat(request.expires()).isEqualTo(job.created().plus(Duration.ofHours(24)));
        });
    }

    @Test
    void aJobWithoutALink_isABug_andNotAnAnswer() {
        RestoreJob job = jobs.create(mirror, snapshots.ofSharded().id(), terms(1, 1), NOW);
        links.requests.clear();
        assertThatThrownBy(() -> jobs.link(job, NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(job.id().hex());
        assertThatThrownBy(() -> jobs.outcomes(List.of(job), NOW)).isInstanceOf(IllegalStateException.class);
        assertThat(jobs.find(there.group.id(), mirror.id(), new JobId("0123456789abcdef01234567")))
                .isEmpty();
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static DeliveryTerms terms(int downloads, long hours) {
        return DeliveryTerms.within(downloads, hours, NOW);
    }
}
