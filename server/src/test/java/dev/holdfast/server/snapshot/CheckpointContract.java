package dev.holdfast.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.database.Database;
import dev.holdfast.server.http.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checkpoints and the times that can be restored, on every database. */
abstract class CheckpointContract {
    private static final long SECOND = TestSnapshots.OPLOG_SECONDS;

    private Database database;
    private TestSnapshots made;
    private Checkpoints checkpoints;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        made = new TestSnapshots(database);
        checkpoints = new Checkpoints(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void aSnapshotThatWasCapturedAtOnePoint_isACheckpoint_whenItIsComplete() {
        SnapshotId id = made.begin(made.there.sharded);
        made.commit(id, TestCheckpoints.known(TestSnapshots.part(made.there.shard0), SECOND, 3), 1);
        made.commit(id, TestCheckpoints.known(TestSnapshots.part(made.there.shard1), SECOND, 7), 1);
        made.snapshots.commitSnapshot(made.group, id);
        assertThat(list()).as("the config server is missing").isEmpty();
        made.commit(id, TestCheckpoints.known(TestSnapshots.part(made.there.mirrors.get(0)), SECOND, 1), 1);
        assertThat(list()).as("nobody has committed it").isEmpty();
        made.snapshots.commitSnapshot(made.group, id);
        made.snapshots.commitSnapshot(made.group, id);
        assertThat(list()).hasSize(1).first().satisfies(checkpoint -> {
            assertThat(checkpoint.seconds()).isEqualTo(SECOND);
            assertThat(checkpoint.snapshot().id()).isEqualTo(id);
            assertThat(checkpoint.snapshot().parts()).hasSize(3);
            assertThat(checkpoint.completed()).isEqualTo(made.there.clock.instant());
            assertThat(checkpoints.find(made.group, made.there.sharded.id(), checkpoint.id()))
                    .contains(checkpoint);
            assertThat(checkpoints.find(made.group, made.there.shardedWithCsrs.id(), checkpoint.id()))
                    .isEmpty();
        });
    }

    @Test
    void partsOfTwoSeconds_areNoCheckpoint() {
        TestCheckpoints.sharded(made, SECOND, SECOND, SECOND + 1);
        assertThat(list()).isEmpty();
        assertThat(at(SECOND, null)).isEmpty();
    }

    @Test
    void partsWhoseTimeIsThatOfTheCapture_areNoCheckpoint() {
        made.completeSharded();
        assertThat(list()).isEmpty();
        assertThat(checkpoints.ranges(made.there.sharded, now())).isEmpty();
    }

    @Test
    void aReplicaSet_hasNoCheckpoint_butItsTimesCanBeRestored() {
        SnapshotId id = made.completeReplicaSet();
        assertThat(checkpoints
                        .list(made.group, made.there.replicaSet.id(), TestSnapshots.ALL)
                        .checkpoints())
                .isEmpty();
        List<TimeRange> ranges = checkpoints.ranges(made.there.replicaSet, now());
        assertThat(ranges).hasSize(1);
        assertThat(ranges.get(0).snapshot().id()).isEqualTo(id);
        assertThat(ranges.get(0).point()).isEqualTo(new Moment(SECOND, 1L));
        assertThat(ranges.get(0).shards()).isNull();
    }

    @Test
    void everyRange_isAMomentThatIsFound_earliestFirst() {
        TestCheckpoints.sharded(made, SECOND + 9, SECOND + 9, SECOND + 9);
        SnapshotId early = TestCheckpoints.sharded(made, SECOND, SECOND, SECOND);
        SnapshotId again = TestCheckpoints.sharded(made, SECOND, SECOND, SECOND);
        List<TimeRange> ranges = checkpoints.ranges(made.there.sharded, now());
        assertThat(ranges).extracting(range -> range.point().seconds()).containsExactly(SECOND, SECOND + 9);
        assertThat(ranges).extracting(TimeRange::shards).containsOnly(2);
        assertThat(ranges.get(0).snapshot().id()).as("the latest of that time").isEqualTo(again);
        for (TimeRange range : ranges) {
            assertThat(at(range.point().seconds(), range.point().increment()))
                    .contains(range.snapshot().id());
        }
        assertThat(at(SECOND, null)).containsExactly(again, early);
        assertThat(at(SECOND, 99L)).isEmpty();
        assertThat(at(SECOND + 1, null)).isEmpty();
    }

    @Test
    void aShardAndAMirror_haveTheTimesOfTheirOwnParts() {
        SnapshotId id = TestCheckpoints.sharded(made, SECOND, SECOND + 1, SECOND + 2);
        database.change(tx -> {
            assertThat(checkpoints.at(tx, made.there.shard1, new Moment(SECOND + 1, 1L)))
                    .extracting(Snapshot::id)
                    .containsExactly(id);
            assertThat(checkpoints.at(tx, made.there.shard1, new Moment(SECOND, null)))
                    .isEmpty();
            assertThat(checkpoints.at(tx, made.there.mirrors.get(0), new Moment(SECOND + 2, null)))
                    .extracting(Snapshot::id)
                    .containsExactly(id);
            assertThat(checkpoints.at(tx, made.there.mirrors.get(1), new Moment(SECOND + 2, null)))
                    .isEmpty();
        });
    }

    @Test
    void whatIsGone_cannotBeRestored() {
        SnapshotId id = TestCheckpoints.sharded(made, SECOND, SECOND, SECOND);
        Instant expired = made.snapshots.find(made.group, id).orElseThrow().expires();
        assertThat(list().get(0).isRestorable(expired.minusMillis(1))).isTrue();
        assertThat(list().get(0).isRestorable(expired)).isFalse();
        assertThat(checkpoints.ranges(made.there.sharded, expired)).isEmpty();
        database.change(tx -> RetentionTable.setDeleted(tx, id, now()));
        assertThat(list()).hasSize(1);
        assertThat(list().get(0).isRestorable(now())).isFalse();
        assertThat(at(SECOND, null)).isEmpty();
        database.change(tx -> {
            RetentionTable.setForgetting(tx, id, now());
            RetentionTable.setForgotten(tx, id, now());
        });
        assertThat(list()).as("its bytes are gone too").isEmpty();
    }

    @Test
    void lists_areLatestFirst_inPages() {
        for (int i = 0; i < 3; i++) {
            TestCheckpoints.sharded(made, SECOND + i, SECOND + i, SECOND + i);
            made.there.clock.advance(Duration.ofMinutes(15));
        }
        assertThat(list()).extracting(Checkpoint::seconds).containsExactly(SECOND + 2, SECOND + 1, SECOND);
        CheckpointPage page = checkpoints.list(made.group, made.there.sharded.id(), new Paging(2, 2, true));
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.checkpoints()).extracting(Checkpoint::seconds).containsExactly(SECOND);
    }

    private List<Checkpoint> list() {
        return checkpoints
                .list(made.group, made.there.sharded.id(), TestSnapshots.ALL)
                .checkpoints();
    }

    private List<SnapshotId> at(long second, Long increment) {
        return database.write(tx -> checkpoints.at(tx, made.there.sharded, new Moment(second, increment)).stream()
                .map(Snapshot::id)
                .toList());
    }

    private Instant now() {
        return made.there.clock.instant();
    }
}
