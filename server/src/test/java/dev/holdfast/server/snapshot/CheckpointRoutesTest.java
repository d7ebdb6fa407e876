package dev.holdfast.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.CheckpointJson;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCaller;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointRoutesTest {
    private static final String UNKNOWN = "0123456789abcdef01234567";
    private static final long SECOND = TestSnapshots.OPLOG_SECONDS;

    @TempDir
    private Path folder;

    private Database database;
    private TestSnapshots made;
    private String sharded;
    private String replicaSet;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, TestSnapshots.MIGRATIONS);
        made = new TestSnapshots(database);
        String clusters = "/api/public/v1.0/groups/" + made.group + "/clusters/";
        sharded = clusters + made.there.sharded.id();
        replicaSet = clusters + made.there.replicaSet.id();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void checkpoints_listAndOne() {
        Golden.check("checkpoints/list-empty", 200, api().get(sharded + "/checkpoints"));
        TestCheckpoints.sharded(made, SECOND, SECOND, SECOND);
        Golden.check("checkpoints/list", 200, api().get(sharded + "/checkpoints"));
        Golden.check("checkpoints/one", 200, api().get(sharded + "/checkpoints/" + first()));
        Golden.check("checkpoints/list-replica-set", 200, api().get(replicaSet + "/checkpoints"));
    }

    @Test
    void thePartOfACsrs_hasAReplicaSet_andNeitherHostNorShard() {
        SnapshotId id = made.begin(made.there.shardedWithCsrs);
        made.commit(id, TestCheckpoints.known(TestSnapshots.part(made.there.csrs), SECOND, 4), 1);
        made.snapshots.commitSnapshot(made.group, id);
        String path = sharded.replace(
                made.there.sharded.id().hex(), made.there.shardedWithCsrs.id().hex());
        ListJson<?> list = (ListJson<?>) api().get(path + "/checkpoints").document();
        assertThat(((CheckpointJson) list.results().get(0)).parts())
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.typeName()).isEqualTo("CONFIG_SERVER_REPLICA_SET");
                    assertThat(part.replicaSetName()).isEqualTo(made.there.csrs.replicaSetName());
                    assertThat(part.hostId()).isNull();
                    assertThat(part.shardName()).isNull();
                    assertThat(part.tokenTimestamp().increment()).isEqualTo(4);
                });
    }

    @Test
    void aCheckpointWhoseSnapshotIsDeleted_isNotRestorable() {
        var id = TestCheckpoints.sharded(made, SECOND, SECOND, SECOND);
        database.change(tx -> RetentionTable.setDeleted(tx, id, made.there.clock.instant()));
        Golden.check("checkpoints/one-deleted", 200, api().get(sharded + "/checkpoints/" + first()));
    }

    @Test
    void checkpoint_says_whatIsMissing() {
        TestCheckpoints.sharded(made, SECOND, SECOND, SECOND);
        Golden.check("checkpoints/unknown", 404, api().get(sharded + "/checkpoints/" + UNKNOWN));
        Golden.check("checkpoints/malformed", 404, api().get(sharded + "/checkpoints/x"));
        Golden.check("checkpoints/of-other", 404, api().get(replicaSet + "/checkpoints/" + first()));
        Golden.check(
                "checkpoints/cluster-malformed", 404, api().get(sharded.replaceAll("[^/]+$", "nope") + "/checkpoints"));
    }

    @Test
    void restorableTimeRanges_areABareArray() {
        String ranges = "/restoreJobs/restorableTimeRanges";
        Golden.check("checkpoints/ranges-none", 200, api().post(sharded + ranges, null));
        TestCheckpoints.sharded(made, SECOND + 1, SECOND + 1, SECOND + 1);
        TestCheckpoints.sharded(made, SECOND, SECOND, SECOND);
        Golden.check("checkpoints/ranges-sharded", 200, api().post(sharded + ranges, null));
        made.completeReplicaSet();
        Golden.check("checkpoints/ranges-replica-set", 200, api().post(replicaSet + ranges, null));
    }

    @Test
    void routes_changeNothing_soReadingIsEnough() {
        assertThat(api().routes()).hasSize(3).allSatisfy(route -> {
            assertThat(route.need()).isEqualTo(Need.READ);
            assertThat(route.listed()).isFalse();
        });
    }

    private String first() {
        ListJson<?> list = (ListJson<?>) api().get(sharded + "/checkpoints").document();
        return ((CheckpointJson) list.results().get(0)).id();
    }

    private TestApi api() {
        CheckpointRoutes routes =
                new CheckpointRoutes(made.there.groups, made.there.clusters, new Checkpoints(database));
        return new TestApi(TestCaller.memberOf(made.group), made.there.clock.instant(), routes);
    }
}
