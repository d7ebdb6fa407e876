package dev.holdfast.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.agentapi.AgentApi.BeginSnapshot;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.NewCluster;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.snapshot.SnapshotPart.Type;
import dev.holdfast.store.PartSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tables of this room must do on every database. */
abstract class SnapshotContract {
    private static final GroupId OTHER = new GroupId("0123456789abcdef01234567");

    private Database database;
    private TestSnapshots made;
    private Snapshots snapshots;
    private GroupId group;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        made = new TestSnapshots(database);
        snapshots = made.snapshots;
        group = made.group;
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void shardedSnapshot_hasShardsFirst_configLast_andWhatWasSaidOfThem() {
        Snapshot snapshot = snapshots.find(group, made.completeSharded()).orElseThrow();
        assertThat(snapshot.clusterComplete()).isTrue();
        assertThat(snapshot.clusterId()).isEqualTo(made.there.sharded.id());
        assertThat(snapshot.expires()).isEqualTo(snapshot.created().plus(Duration.ofDays(7)));
        assertThat(snapshot.parts())
                .extracting(SnapshotPart::type)
                .containsExactly(Type.REPLICA_SET, Type.REPLICA_SET, Type.CONFIG_SERVER);
        assertThat(snapshot.parts())
                .extracting(SnapshotPart::replicaSetName)
                .containsExactly("electron_0", "electron_1", null);
        SnapshotPart config = snapshot.partOf(made.there.mirrors.get(0).id()).orElseThrow();
        assertThat(config.mongodVersion()).isEqualTo("3.0.9");
        assertThat(config.plainBytes()).isEqualTo(134_217_728);
        assertThat(config.timestampSeconds()).isEqualTo(TestSnapshots.OPLOG_SECONDS);
        assertThat(config.committed()).isNotNull();
    }

    @Test
    void snapshotOfAnotherProject_isNotFound() {
        SnapshotId id = made.completeReplicaSet();
        assertThat(snapshots.find(OTHER, id)).isEmpty();
        assertThat(snapshots
                        .listOfCluster(OTHER, made.there.replicaSet.id(), Completed.ALL, TestSnapshots.ALL)
                        .total())
                .isZero();
        refused(() -> snapshots.commitSnapshot(OTHER, id), ErrorCode.SNAPSHOT_NOT_FOUND);
        refused(
                () -> snapshots.beginPart(OTHER, id, TestSnapshots.part(made.there.replicaSet)),
                ErrorCode.SNAPSHOT_NOT_FOUND);
    }

    @Test
    void clusterWithCsrs_isCompleteWithoutAnyMirror() {
        SnapshotId id = made.begin(made.there.shardedWithCsrs);
        assertThat(snapshots.commitSnapshot(group, id).complete()).isFalse();
        made.commit(id, TestSnapshots.part(made.there.csrs), 1000);
        assertThat(snapshots.commitSnapshot(group, id).complete()).isTrue();
        SnapshotPart part = snapshots.find(group, id).orElseThrow().parts().get(0);
        assertThat(part.type()).isEqualTo(Type.CONFIG_SERVER_REPLICA_SET);
        assertThat(part.mongodVersion()).isEqualTo("3.2.22");
    }

    @Test
    void shardedSnapshot_isIncomplete_whileAnyMemberIsMissing() {
        SnapshotId id = made.begin(made.there.sharded);
        made.commit(id, TestSnapshots.part(made.there.shard0), 1000);
        made.commit(id, TestSnapshots.part(made.there.shard1), 1000);
        assertThat(snapshots.commitSnapshot(group, id).complete()).isFalse();
        snapshots.beginPart(group, id, TestSnapshots.part(made.there.mirrors.get(1)));
        assertThat(snapshots.commitSnapshot(group, id).complete()).isFalse();
        made.commit(id, TestSnapshots.part(made.there.mirrors.get(2)), 1000);
        assertThat(listed(made.there.sharded.id(), Completed.TRUE)).isEmpty();
        assertThat(snapshots.commitSnapshot(group, id).complete()).isTrue();
        assertThat(snapshots.commitSnapshot(group, id).complete())
                .as("said again")
                .isTrue();
    }

    @Test
    void configServerAlone_isCompleteInItsOwnView_andIncompleteInTheClusters() {
        SnapshotId id = made.begin(made.there.mirrors.get(1));
        made.commit(id, TestSnapshots.part(made.there.mirrors.get(1)), 1000);
        assertThat(snapshots.commitSnapshot(group, id).complete()).isFalse();
        assertThat(ofHost(1, Completed.TRUE)).containsExactly(id);
        assertThat(ofHost(0, Completed.ALL))
                .as("the other mirrors list nothing")
                .isEmpty();
        assertThat(listed(made.there.sharded.id(), Completed.TRUE)).isEmpty();
        assertThat(listed(made.there.sharded.id(), Completed.FALSE)).containsExactly(id);
    }

    @Test
    void shard_listsTheSnapshotsOfTheWholeThatHaveItsPart() {
        SnapshotId whole = made.completeSharded();
        SnapshotId alone = made.begin(made.there.shard1);
        snapshots.beginPart(group, alone, TestSnapshots.part(made.there.shard1));
        assertThat(snapshots.find(group, alone).orElseThrow().clusterId()).isEqualTo(made.there.sharded.id());
        assertThat(listed(made.there.shard1.id(), Completed.ALL)).containsExactly(alone, whole);
        assertThat(listed(made.there.shard1.id(), Completed.FALSE)).containsExactly(alone);
        assertThat(listed(made.there.shard1.id(), Completed.TRUE)).containsExactly(whole);
        assertThat(listed(made.there.shard0.id(), Completed.ALL)).containsExactly(whole);
    }

    @Test
    void list_isLatestFirst_inPages() {
        List<SnapshotId> ids =
                IntStream.range(0, 5).mapToObj(i -> made.completeReplicaSet()).toList();
        ClusterId cluster = made.there.replicaSet.id();
        SnapshotPage second = snapshots.listOfCluster(group, cluster, Completed.TRUE, new Paging(2, 2, true));
        assertThat(second.total()).isEqualTo(5);
        assertThat(second.snapshots()).extracting(Snapshot::id).containsExactly(ids.get(2), ids.get(1));
        assertThat(second.snapshots()).allSatisfy(s -> assertThat(s.parts()).hasSize(1));
        assertThat(snapshots
                        .listOfCluster(group, cluster, Completed.TRUE, new Paging(4, 2, true))
                        .snapshots())
                .isEmpty();
    }

    @Test
    void completeSnapshot_staysComplete_whenTheClusterGrows_andTakesNoMoreParts() {
        SnapshotId id = made.completeSharded();
        Cluster late = made.there.clusters.create(
                group, NewCluster.shard(made.there.sharded.id(), "electron_2", "electron_2"));
        assertThat(snapshots.commitSnapshot(group, id).complete()).isTrue();
        refused(() -> snapshots.beginPart(group, id, TestSnapshots.part(late)), ErrorCode.VALIDATION_ERROR);
        SnapshotId next = made.begin(made.there.sharded);
        made.commit(next, TestSnapshots.part(made.there.mirrors.get(0)), 1);
        made.commit(next, TestSnapshots.part(made.there.shard0), 1);
        made.commit(next, TestSnapshots.part(made.there.shard1), 1);
        assertThat(snapshots.commitSnapshot(group, next).complete()).isFalse();
        made.commit(next, TestSnapshots.part(late), 1);
        assertThat(snapshots.commitSnapshot(group, next).complete()).isTrue();
        assertThat(snapshots.find(group, next).orElseThrow().parts())
                .extracting(SnapshotPart::replicaSetName)
                .as("config last, although its position was taken when there was no third shard")
                .containsExactly("electron_0", "electron_1", "electron_2", null);
    }

    @Test
    void deletedSnapshot_isFoundByIdOnly_andTakesNothing() {
        SnapshotId id = made.completeReplicaSet();
        database.change(tx -> tx.execute("UPDATE snapshot SET deleted = 1 WHERE id = ?", id.hex()));
        assertThat(snapshots.find(group, id).orElseThrow().deleted()).isNotNull();
        assertThat(listed(made.there.replicaSet.id(), Completed.ALL)).isEmpty();
        refused(() -> snapshots.commitSnapshot(group, id), ErrorCode.SNAPSHOT_NOT_FOUND);
    }

    @Test
    void expiredSnapshot_isListedNoMore_fromTheMomentItExpires() {
        SnapshotId whole = made.completeSharded();
        SnapshotId unfinished = made.begin(made.there.sharded);
        snapshots.beginPart(group, unfinished, TestSnapshots.part(made.there.mirrors.get(0)));
        Instant expires = snapshots.find(group, whole).orElseThrow().expires();
        made.there.clock.advance(
                Duration.between(made.there.clock.instant(), expires).minusMillis(1));
        assertThat(ofHost(0, Completed.ALL)).containsExactly(unfinished, whole);
        made.there.clock.advance(Duration.ofMillis(1));
        assertThat(ofHost(0, Completed.ALL)).containsExactly(unfinished);
        assertThat(listed(made.there.shard0.id(), Completed.ALL)).isEmpty();
        assertThat(snapshots.listOfCluster(group, made.there.sharded.id(), Completed.TRUE, TestSnapshots.ALL))
                .isEqualTo(new SnapshotPage(List.of(), 0));
        made.there.clock.advance(Duration.ofDays(1));
        assertThat(listed(made.there.sharded.id(), Completed.ALL)).isEmpty();
    }

    @Test
    void part_committedTwice_keepsItsFirstFigures() {
        SnapshotId id = made.begin(made.there.replicaSet);
        PartId part = made.commit(id, TestSnapshots.part(made.there.replicaSet), 1000);
        PartSummary again = snapshots
                .partCommitted(group, part, TestSnapshots.summary(9999))
                .orElseThrow()
                .summary();
        assertThat(again).isEqualTo(TestSnapshots.summary(1000));
        assertThat(snapshots.abandonPart(group, part)).isFalse();
    }

    @Test
    void laterBeginnerOfAMember_winsOverAnUncommittedPart_notOverACommittedOne() {
        SnapshotId id = made.begin(made.there.sharded);
        BegunPart first = snapshots.beginPart(group, id, TestSnapshots.part(made.there.mirrors.get(0)));
        // another mirror has the same data, so it is the same member
        BegunPart second = snapshots.beginPart(group, id, TestSnapshots.part(made.there.mirrors.get(1)));
        assertThat(second.replaced()).isEqualTo(first.part().id());
        assertThat(snapshots.partCommitted(group, first.part().id(), TestSnapshots.summary(1)))
                .isEmpty();
        assertThat(snapshots.partCommitted(group, second.part().id(), TestSnapshots.summary(1)))
                .isPresent();
        refused(
                () -> snapshots.beginPart(group, id, TestSnapshots.part(made.there.mirrors.get(0))),
                ErrorCode.VALIDATION_ERROR);
        assertThat(snapshots.find(group, id).orElseThrow().parts()).hasSize(1);
    }

    @Test
    void manyAgentsAtOnce_leaveOnePartPerMember() throws Exception {
        SnapshotId id = made.begin(made.there.sharded);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<PartId>> work = IntStream.range(0, 12)
                    .mapToObj(i -> (Callable<PartId>) () -> snapshots
                            .beginPart(group, id, TestSnapshots.part(made.there.mirrors.get(i % 3)))
                            .part()
                            .id())
                    .toList();
            for (Future<PartId> begun : threads.invokeAll(work)) {
                begun.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(snapshots.find(group, id).orElseThrow().parts()).hasSize(1);
    }

    @Test
    void abandonedPart_isGone_andItsMemberMayBeginAgain() {
        SnapshotId id = made.begin(made.there.replicaSet);
        PartId part = snapshots
                .beginPart(group, id, TestSnapshots.part(made.there.replicaSet))
                .part()
                .id();
        assertThat(snapshots.abandonPart(OTHER, part)).isFalse();
        assertThat(snapshots.abandonPart(group, part)).isTrue();
        assertThat(snapshots.findPart(group, part)).isEmpty();
        assertThat(snapshots
                        .beginPart(group, id, TestSnapshots.part(made.there.replicaSet))
                        .replaced())
                .isNull();
    }

    @Test
    void begin_refusesWhatItCannotPlace() {
        String set = made.there.replicaSet.id().hex();
        String mirror = made.there.mirrors.get(0).id().hex();
        refused(() -> begin(null, null, null), ErrorCode.MISSING_ONE_OF_ATTRIBUTES);
        refused(() -> begin(set, mirror, null), ErrorCode.INVALID_ATTRIBUTE);
        refused(() -> begin("nonsense", null, null), ErrorCode.INVALID_CLUSTER_ID);
        refused(() -> begin(OTHER.hex(), null, null), ErrorCode.CLUSTER_NOT_FOUND);
        refused(() -> begin(null, "nonsense", null), ErrorCode.HOST_NOT_FOUND);
        refused(() -> begin(null, made.there.member.id().hex(), null), ErrorCode.NOT_CONFIG_SERVER);
        refused(() -> begin(set, null, 0L), ErrorCode.ATTRIBUTE_NEGATIVE_OR_ZERO);
        refused(() -> begin(set, null, Long.MAX_VALUE), ErrorCode.INVALID_ATTRIBUTE);
        SnapshotId id = begin(set, null, 1L);
        Snapshot snapshot = snapshots.find(group, id).orElseThrow();
        assertThat(snapshot.expires()).isEqualTo(snapshot.created().plus(Duration.ofHours(1)));
    }

    @Test
    void beginPart_refusesForeignMembers_andTextsThatWouldForgeALine() {
        SnapshotId id = made.begin(made.there.sharded);
        refused(
                () -> snapshots.beginPart(group, id, TestSnapshots.part(made.there.replicaSet)),
                ErrorCode.INVALID_ATTRIBUTE);
        refused(
                () -> snapshots.beginPart(group, id, TestSnapshots.part(made.there.sharded)),
                ErrorCode.INVALID_ATTRIBUTE);
        String shard = made.there.shard0.id().hex();
        refused(
                () -> snapshots.beginPart(group, id, new BeginPart(shard, null, 1, 1, "a\nb", null, false, null)),
                ErrorCode.INVALID_ATTRIBUTE);
        refused(
                () -> snapshots.beginPart(group, id, new BeginPart(shard, null, 0, 1, null, null, false, null)),
                ErrorCode.INVALID_ATTRIBUTE);
        refused(
                () -> snapshots.beginPart(group, id, new BeginPart(shard, null, 1, 1, null, null, true, null)),
                ErrorCode.MISSING_ATTRIBUTE);
        refused(
                () -> snapshots.beginPart(group, id, new BeginPart(shard, null, 1, 1, null, null, false, "key")),
                ErrorCode.INVALID_ATTRIBUTE);
        assertThat(snapshots.find(group, id).orElseThrow().parts()).isEmpty();
    }

    private SnapshotId begin(String cluster, String host, Long hours) {
        return snapshots.begin(group, new BeginSnapshot(cluster, host, hours));
    }

    private List<SnapshotId> listed(ClusterId cluster, Completed completed) {
        return snapshots.listOfCluster(group, cluster, completed, TestSnapshots.ALL).snapshots().stream()
                .map(Snapshot::id)
                .toList();
    }

    private List<SnapshotId> ofHost(int mirror, Completed completed) {
        return snapshots
                .listOfHost(group, made.there.mirrors.get(mirror).id(), completed, TestSnapshots.ALL)
                .snapshots()
                .stream()
                .map(Snapshot::id)
                .toList();
    }

    private static void refused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
