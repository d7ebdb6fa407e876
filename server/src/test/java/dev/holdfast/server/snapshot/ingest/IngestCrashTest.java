package dev.holdfast.server.snapshot.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.agentapi.AgentApi.PartCommitted;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseTrouble;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.snapshot.SnapshotPart;
import dev.holdfast.server.snapshot.TestSnapshots;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.FaultyBlobStore.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when intake stops at any of its writes, and whether the agent's next try mends it. */
final class IngestCrashTest {
    private static final TestData DATA = new TestData(1);

    // one for all starts, for two processes never draw the same
    private final Random random = new Random(5);

    @TempDir
    private Path folder;

    private Database database;
    private TestSnapshots made;
    private FaultyBlobStore blobs;
    private PackedSnapshotStore store;
    private SnapshotIngest ingest;
    private GroupId group;

    @BeforeEach
    void open() {
        database = TestDatabases.sqlite(folder, TestSnapshots.MIGRATIONS);
        made = new TestSnapshots(database);
        group = made.group;
        blobs = new FaultyBlobStore(new MemoryBlobStore());
        start();
    }

    @AfterEach
    void close() {
        ingest.close();
        store.close();
        database.close();
    }

    /** A process halts: nothing of it runs on, not even what tidies up. */
    private static final class Halt extends Error {
        private static final long serialVersionUID = 1;
    }

    private void start() {
        StoreSettings settings = StoreSettings.DEFAULT.withBlockSize(TestData.BLOCK_SIZE);
        store = PackedSnapshotStore.openOrCreate(blobs, settings, random);
        RestoreInfo info = new RestoreInfo(made.there.groups, made.there.hosts);
        IngestSettings bounds = new IngestSettings(
                settings.level(), folder.resolve("spool"), 0, Duration.ofMinutes(15), 2, 4, 2, Duration.ofSeconds(30));
        ingest = new SnapshotIngest(made.snapshots, info, store, bounds, made.there.clock);
    }

    @Test
    void haltAtAnyWrite_isMendedByTheAgentsNextTry() {
        int halts = 0;
        for (int step = 1; ; step++) {
            SnapshotId snapshot = made.begin(made.there.replicaSet);
            TestData data = new TestData(100 + step);
            PartId[] part = new PartId[1];
            blobs.stopAt(step, () -> {
                throw new Halt();
            });
            boolean halted = false;
            try {
                part[0] = begin(snapshot);
                send(part[0], data);
                commit(part[0], data);
            } catch (Halt halt) {
                halted = true;
                halts++;
            }
            blobs.stopAt(Long.MAX_VALUE / 2, () -> {});
            start();
            if (part[0] == null || !committedAgain(part[0], data)) {
                PartId again = begin(snapshot);
                send(again, data);
                commit(again, data);
            }
            assertThat(ingest.commitSnapshot(group, snapshot).complete())
                    .as("step %s", step)
                    .isTrue();
            assertRestorable(snapshot);
            if (!halted) {
                break;
            }
        }
        assertThat(halts).as("writes that intake makes").isGreaterThan(4);
        assertNoPartWithoutRow();
    }

    @Test
    void manifestThatWasWrittenButNotAnswered_isFoundByTheNextCommit() {
        PartId part = begun(DATA);
        blobs.failNext(Step.COMMITTED, "", 10);
        for (int i = 0; i < 100 && !tryCommit(part, DATA); i++) {
            // every try ends after a write that the caller does not know of
        }
        assertThat(made.snapshots.findPart(group, part).orElseThrow().part().isCommitted())
                .isTrue();
    }

    @Test
    void rowThatCouldNotBeWritten_isWrittenByTheNextCommit_inThisProcessOrTheNext() {
        for (boolean restart : new boolean[] {false, true}) {
            SnapshotId snapshot = made.begin(made.there.replicaSet);
            PartId part = begin(snapshot);
            send(part, DATA);
            database.change(tx -> tx.execute("CREATE TRIGGER full BEFORE UPDATE ON snapshot_part BEGIN"
                    + " SELECT RAISE(ABORT, 'the disk is full'); END"));
            assertThatThrownBy(() -> commit(part, DATA)).isInstanceOf(DatabaseTrouble.class);
            assertThat(store.parts(group)).contains(part);
            database.change(tx -> tx.execute("DROP TRIGGER full"));
            if (restart) {
                start();
            }
            PartCommitted first = commit(part, DATA);
            assertThat(first.plainBytes()).isEqualTo(3 * 4096 + 100 + 10 + 2 * 4096);
            assertThat(commit(part, DATA)).as("asked again").isEqualTo(first);
            start();
            assertThat(commit(part, DATA)).as("asked again after a restart").isEqualTo(first);
            assertThat(ingest.commitSnapshot(group, snapshot).complete()).isTrue();
            assertRestorable(snapshot);
        }
    }

    @Test
    void partWhoseRowMadeWay_isForgottenByTheStore() {
        SnapshotId snapshot = made.begin(made.there.replicaSet);
        PartId first = begin(snapshot);
        send(first, DATA);
        database.change(tx -> tx.execute("CREATE TRIGGER full BEFORE UPDATE ON snapshot_part BEGIN"
                + " SELECT RAISE(ABORT, 'the disk is full'); END"));
        assertThatThrownBy(() -> commit(first, DATA)).isInstanceOf(DatabaseTrouble.class);
        database.change(tx -> tx.execute("DROP TRIGGER full"));
        PartId second = begin(snapshot);
        refused(() -> commit(first, DATA), ErrorCode.RESOURCE_NOT_FOUND);
        assertThat(store.parts(group)).isEmpty();
        send(second, DATA);
        commit(second, DATA);
        assertNoPartWithoutRow();
    }

    @Test
    void abandonedPart_leavesNothing() {
        PartId part = begun(DATA);
        ingest.abandon(group, part);
        refused(() -> commit(part, DATA), ErrorCode.RESOURCE_NOT_FOUND);
        refused(() -> ingest.abandon(group, part), ErrorCode.RESOURCE_NOT_FOUND);
        assertThat(store.parts(group)).isEmpty();
    }

    @Test
    void committedPart_takesNoMoreBlocks_andCannotBeAbandoned() {
        PartId part = begun(DATA);
        commit(part, DATA);
        refused(() -> ingest.offer(group, part, DATA.offer()), ErrorCode.VALIDATION_ERROR);
        refused(() -> ingest.abandon(group, part), ErrorCode.VALIDATION_ERROR);
        assertThat(store.parts(group)).contains(part);
    }

    @Test
    void uploadThatNobodyUses_endsWithItsLease_andIsBegunAgain() {
        SnapshotId snapshot = made.begin(made.there.replicaSet);
        PartId part = begin(snapshot);
        made.there.clock.advance(Duration.ofMinutes(14));
        send(part, DATA);
        made.there.clock.advance(Duration.ofMinutes(14));
        ingest.reap();
        ingest.offer(group, part, DATA.offer());
        made.there.clock.advance(Duration.ofMinutes(16));
        ingest.reap();
        refused(() -> ingest.offer(group, part, DATA.offer()), ErrorCode.RESOURCE_NOT_FOUND);
        PartId again = begin(snapshot);
        send(again, DATA);
        commit(again, DATA);
    }

    @Test
    void openUploadsOfAProject_areBounded_andABeginAgainIsNoFurtherOne() {
        SnapshotId sharded = made.begin(made.there.sharded);
        ingest.beginPart(group, sharded, TestSnapshots.part(made.there.shard0));
        ingest.beginPart(group, sharded, TestSnapshots.part(made.there.shard1));
        ingest.beginPart(group, sharded, TestSnapshots.part(made.there.shard1));
        assertThatThrownBy(() -> ingest.beginPart(group, sharded, TestSnapshots.part(made.there.mirrors.get(0))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("2 open uploads")
                .hasMessageContaining("HINT");
        assertThat(made.snapshots.find(group, sharded).orElseThrow().parts()).hasSize(2);
    }

    @Test
    void restoreInfo_isInTheArchive() throws IOException {
        SnapshotId snapshot = made.begin(made.there.replicaSet);
        PartId part = begin(snapshot);
        send(part, DATA);
        commit(part, DATA);
        ingest.commitSnapshot(group, snapshot);
        byte[] tar =
                tarOf(made.snapshots.find(group, snapshot).orElseThrow().parts().get(0));
        List<String> lines =
                new String(tar, StandardCharsets.ISO_8859_1).lines().toList();
        assertThat(lines.stream().anyMatch(line -> line.endsWith("Group Name: Physics")))
                .isTrue();
        assertThat(lines.stream().anyMatch(line -> line.startsWith("mongo "))).isTrue();
    }

    private PartId begun(TestData data) {
        PartId part = begin(made.begin(made.there.replicaSet));
        send(part, data);
        return part;
    }

    private PartId begin(SnapshotId snapshot) {
        return new PartId(ingest.beginPart(group, snapshot, TestSnapshots.part(made.there.replicaSet))
                .partId());
    }

    private void send(PartId part, TestData data) {
        assertThat(ingest.offer(group, part, data.offer())).hasSize(1);
        ingest.segments(group, part, data.frames());
    }

    private PartCommitted commit(PartId part, TestData data) {
        return ingest.commit(group, part, () -> new ByteArrayInputStream(data.fileList));
    }

    private boolean tryCommit(PartId part, TestData data) {
        try {
            commit(part, data);
            return true;
        } catch (Unavailable e) {
            return false;
        } catch (PartUpload.BlocksMissing e) {
            send(part, data);
            return false;
        }
    }

    /** What an agent does first after it lost a connection: ask again. False if it must begin again. */
    private boolean committedAgain(PartId part, TestData data) {
        try {
            commit(part, data);
            return true;
        } catch (Refusal refusal) {
            assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
            return false;
        }
    }

    private void assertNoPartWithoutRow() {
        assertThat(store.parts(group))
                .allSatisfy(part -> assertThat(made.snapshots
                                .findPart(group, part)
                                .orElseThrow()
                                .part()
                                .isCommitted())
                        .isTrue());
    }

    private void assertRestorable(SnapshotId snapshot) {
        SnapshotPart part =
                made.snapshots.find(group, snapshot).orElseThrow().parts().get(0);
        assertThat(part.isCommitted()).isTrue();
        assertThat(tarOf(part).length % 10240).isZero();
    }

    private byte[] tarOf(SnapshotPart part) {
        Archive archive = store.open(group, part.id()).archive(part.archiveName(new JobId("f".repeat(24))));
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(archive.length()));
        assertThat(archive.length()).isEqualTo(part.archiveBytes());
        try (ArchiveReader reader = archive.read(0, archive.length())) {
            while (bytes.hasRemaining() && reader.read(bytes) >= 0) {
                // reads on
            }
        }
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Arrays.copyOf(bytes.array(), bytes.position())))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
