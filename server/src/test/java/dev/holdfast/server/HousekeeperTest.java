package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.database.Database;
import dev.holdfast.database.Lease;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.snapshot.Retention;
import dev.holdfast.server.snapshot.TestSnapshots;
import dev.holdfast.server.testing.TestClock;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HousekeeperTest {
    @TempDir
    private Path folder;

    private final AtomicInteger sweeps = new AtomicInteger();
    private final PackedSnapshotStore store =
            PackedSnapshotStore.create(new MemoryBlobStore(), StoreSettings.DEFAULT, new Random(1));
    private Database database;
    private TestSnapshots made;
    private TestClock clock;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(
                folder, List.of(Lease.MIGRATIONS, TestSnapshots.MIGRATIONS.get(0), TestSnapshots.MIGRATIONS.get(1)));
        made = new TestSnapshots(database);
        clock = made.there.clock;
    }

    @AfterEach
    void closeDatabase() {
        database.close();
        store.close();
    }

    @Test
    void oneOfTwoNodes_tidiesUp_andTheOtherTakesOver() {
        try (Housekeeper first = housekeeper("first", sweeps::incrementAndGet, true);
                Housekeeper second = housekeeper("second", sweeps::incrementAndGet, true)) {
            first.round();
            made.completeReplicaSet();
            expireAll();
            first.round(); // has the lease from here
            assertThat(live()).isZero();
            made.completeReplicaSet();
            expireAll();
            first.round();
            made.completeReplicaSet();
            made.there.clock.advance(Duration.ofMinutes(1));
            database.change(tx -> tx.execute("UPDATE snapshot SET expires = 1"));
            second.round();
            assertThat(live()).as("the first has the lease").isEqualTo(1);
            first.close();
            second.round();
            assertThat(live()).isZero();
        }
    }

    @Test
    void sweep_hasItsOwnInterval() {
        try (Housekeeper housekeeper = housekeeper("a", sweeps::incrementAndGet, true)) {
            housekeeper.start();
            housekeeper.round();
            assertThat(sweeps).hasValue(0);
            clock.advance(Duration.ofHours(1));
            housekeeper.round();
            housekeeper.round();
            assertThat(sweeps).hasValue(1);
            clock.advance(Duration.ofHours(24));
            housekeeper.round();
            assertThat(sweeps).hasValue(2);
        }
    }

    @Test
    void sweep_canBeSwitchedOff() {
        try (Housekeeper housekeeper = housekeeper("a", sweeps::incrementAndGet, false)) {
            housekeeper.start();
            clock.advance(Duration.ofDays(30));
            housekeeper.round();
            assertThat(sweeps).hasValue(0);
        }
    }

    @Test
    void troubleWithASweep_doesNotKeepTheNextRoundFromItsWork() {
        Runnable broken = () -> {
            sweeps.incrementAndGet();
            throw new IllegalStateException("broken on purpose");
        };
        try (Housekeeper housekeeper = housekeeper("a", broken, true)) {
            housekeeper.start();
            clock.advance(Duration.ofHours(1));
            housekeeper.round();
            made.completeReplicaSet();
            expireAll();
            housekeeper.round();
            assertThat(live()).isZero();
            assertThat(sweeps.get()).isPositive();
        }
    }

    private void expireAll() {
        clock.advance(Duration.ofDays(7));
    }

    private long live() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM snapshot WHERE deleted IS NULL")
                .mapTo(Long.class)
                .one());
    }

    private Housekeeper housekeeper(String node, Runnable sweep, boolean sweeps) {
        // an interval that no test lives to see: rounds are called by hand
        HousekeepingSettings settings =
                new HousekeepingSettings(Duration.ofHours(5), Duration.ofDays(7), sweeps, Duration.ofDays(1));
        Lease lease = new Lease(database, "housekeeping", node, Housekeeper.leaseOf(settings), clock);
        return new Housekeeper(
                new Retention(database, store, now -> Set.of()), now -> 0, sweep, lease, settings, clock);
    }
}
