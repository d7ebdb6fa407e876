package dev.holdfast.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of snapshots, on every database. */
abstract class RetentionContract {
    private static final Duration LIFE = Duration.ofDays(7);

    private final ForgettingStore store = new ForgettingStore();
    private final Set<PartId> pinned = new HashSet<>();
    private Database database;
    private TestSnapshots made;
    private Retention retention;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        made = new TestSnapshots(database);
        retention = new Retention(database, store, now -> pinned);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void snapshot_isDeletedWhenItExpires_notEarlier_andOnce() {
        SnapshotId id = made.completeReplicaSet();
        Instant expires = found(id).expires();
        assertThat(retention.expire(expires.minusMillis(1))).isZero();
        assertThat(retention.expire(expires)).isEqualTo(1);
        assertThat(found(id).deleted()).isEqualTo(expires);
        assertThat(retention.expire(expires.plusSeconds(1))).isZero();
        assertThat(found(id).deleted()).isEqualTo(expires);
    }

    @Test
    void doNotDelete_outlivesEverything() {
        SnapshotId id = made.completeReplicaSet();
        change(id, true, null);
        Instant never = now().plus(Duration.ofDays(36_500));
        assertThat(retention.expire(never)).isZero();
        assertThat(retention.abandon(never, never)).isZero();
        refused(() -> delete(id), ErrorCode.CANNOT_MODIFY_SNAPSHOT);
        assertThat(found(id).deleted()).isNull();
        // nor does a row that has both, whoever wrote it
        database.change(tx -> tx.execute("UPDATE snapshot SET expires = 1 WHERE id = ?", id.hex()));
        assertThat(retention.expire(never)).isZero();
    }

    @Test
    void change_keepsLonger_orShorter() {
        SnapshotId id = made.completeReplicaSet();
        Instant later = now().plus(Duration.ofDays(100));
        assertThat(change(id, null, later).expires()).isEqualTo(later);
        assertThat(change(id, true, null).expires()).isNull();
        refused(() -> change(id, null, later), ErrorCode.CANNOT_MODIFY_SNAPSHOT);
        refused(() -> change(id, true, later), ErrorCode.CANNOT_MODIFY_SNAPSHOT);
        refused(() -> change(id, false, null), ErrorCode.MISSING_ATTRIBUTE);
        assertThat(found(id).doNotDelete()).isTrue();
        assertThat(change(id, false, later).doNotDelete()).isFalse();
        assertThat(found(id).expires()).isEqualTo(later);
        assertThat(change(id, false, null).expires()).as("it had one").isEqualTo(later);
    }

    @Test
    void expiresNow_isDeletedAtTheNextOpportunity_andCannotBeTakenBack() {
        SnapshotId id = made.completeReplicaSet();
        assertThat(change(id, null, now()).deleted()).isNull();
        refused(() -> change(id, true, null), ErrorCode.CANNOT_MODIFY_SNAPSHOT);
        refused(() -> change(id, null, now().plus(LIFE)), ErrorCode.CANNOT_MODIFY_SNAPSHOT);
        assertThat(change(id, null, null).expires()).as("nothing is asked for").isEqualTo(now());
        assertThat(retention.expire(now())).isEqualTo(1);
        refused(() -> change(id, true, null), ErrorCode.SNAPSHOT_NOT_FOUND);
    }

    @Test
    void delete_isOfTheOwnersView() {
        SnapshotId id = made.completeSharded();
        refused(
                () -> retention.delete(made.group, made.there.shard0.id(), id, now()),
                ErrorCode.CANNOT_DELETE_FROM_CLUSTER_SNAPSHOT);
        refused(
                () -> retention.delete(made.group, made.there.replicaSet.id(), id, now()),
                ErrorCode.SNAPSHOT_NOT_FOUND);
        retention.delete(made.group, made.there.sharded.id(), id, now());
        refused(() -> retention.delete(made.group, made.there.sharded.id(), id, now()), ErrorCode.SNAPSHOT_NOT_FOUND);
    }

    @Test
    void deletedSnapshot_isForgotten_everyPart_once() {
        SnapshotId id = made.completeSharded();
        SnapshotId other = made.completeReplicaSet();
        assertThat(retention.forget(now())).isZero();
        retention.delete(made.group, made.there.sharded.id(), id, now());
        assertThat(retention.forget(now())).isEqualTo(1);
        assertThat(store.forgotten).containsExactlyInAnyOrderElementsOf(parts(id));
        assertThat(retention.forget(now())).isZero();
        assertThat(store.forgotten).hasSize(3).doesNotContainAnyElementsOf(parts(other));
    }

    @Test
    void partThatALinkNeeds_keepsTheWholeSnapshot_untilNoneDoes() {
        SnapshotId id = made.completeSharded();
        retention.delete(made.group, made.there.sharded.id(), id, now());
        pinned.add(parts(id).get(2));
        assertThat(retention.forget(now())).isZero();
        assertThat(store.forgotten).isEmpty();
        assertThat(column("forgetting", id)).isNull();
        pinned.clear();
        assertThat(retention.forget(now())).isEqualTo(1);
    }

    @Test
    void crashAtAnyPart_isDoneAgain() {
        for (int survives = 0; survives < 3; survives++) {
            SnapshotId id = made.completeSharded();
            retention.delete(made.group, made.there.sharded.id(), id, now());
            store.forgotten.clear();
            store.failAfter = survives;
            assertThatThrownBy(() -> retention.forget(now())).isInstanceOf(Unavailable.class);
            assertThat(store.forgotten).hasSize(survives);
            assertThat(column("forgetting", id)).isNotNull();
            assertThat(column("forgotten", id)).isNull();
            store.failAfter = Integer.MAX_VALUE;
            assertThat(retention.forget(now())).isEqualTo(1);
            assertThat(store.forgotten).containsAll(parts(id));
            assertThat(column("forgotten", id)).isNotNull();
        }
    }

    @Test
    void uploadThatMayBeCommitting_isWaitedFor() {
        SnapshotId id = made.begin(made.there.sharded);
        made.commit(id, TestSnapshots.part(made.there.shard0), 1000);
        PartId open = made.snapshots
                .beginPart(made.group, id, TestSnapshots.part(made.there.shard1))
                .part()
                .id();
        retention.delete(made.group, made.there.sharded.id(), id, now());
        assertThat(made.snapshots.partCommitted(made.group, open, TestSnapshots.summary(1)))
                .as("its agent is told that it comes too late")
                .isEmpty();
        assertThat(retention.forget(now().plus(Retention.AFTER_UPLOADS).minusMillis(1)))
                .isZero();
        assertThat(retention.forget(now().plus(Retention.AFTER_UPLOADS))).isEqualTo(1);
        assertThat(store.forgotten).contains(open).hasSize(2);
    }

    @Test
    void snapshotOfWhichNothingWasCommitted_isGivenUp_oneOfWhichSomethingWas_isNot() {
        SnapshotId empty = made.begin(made.there.sharded);
        made.snapshots.beginPart(made.group, empty, TestSnapshots.part(made.there.shard0));
        SnapshotId configAlone = made.begin(made.there.sharded);
        made.commit(configAlone, TestSnapshots.part(made.there.mirrors.get(0)), 1000);
        SnapshotId complete = made.completeReplicaSet();
        assertThat(retention.abandon(found(empty).created().minusMillis(1), now()))
                .isZero();
        assertThat(retention.abandon(now(), now())).isEqualTo(1);
        assertThat(found(empty).deleted()).isEqualTo(now());
        assertThat(found(configAlone).deleted()).isNull();
        assertThat(found(complete).deleted()).isNull();
    }

    private Instant now() {
        return made.there.clock.instant();
    }

    private Snapshot found(SnapshotId id) {
        return made.snapshots.find(made.group, id).orElseThrow();
    }

    private List<PartId> parts(SnapshotId id) {
        return found(id).parts().stream().map(SnapshotPart::id).toList();
    }

    private Snapshot change(SnapshotId id, Boolean doNotDelete, Instant expires) {
        return retention.change(
                made.group, made.there.replicaSet.id(), id, new SnapshotChange(doNotDelete, expires), now());
    }

    private void delete(SnapshotId id) {
        retention.delete(made.group, made.there.replicaSet.id(), id, now());
    }

    private Instant column(String name, SnapshotId id) {
        return database.read(handle -> handle.createQuery("SELECT " + name + " FROM snapshot WHERE id = ?")
                .bind(0, id.hex())
                .map((row, context) -> Optional.ofNullable(PartTable.instant(row, name)))
                .one()
                .orElse(null));
    }

    private static void refused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
