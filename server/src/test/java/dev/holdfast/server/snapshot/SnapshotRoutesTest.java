package dev.holdfast.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCaller;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotRoutesTest {
    private static final String UNKNOWN = "0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private Database database;
    private TestSnapshots made;
    private TestApi api;
    private String groupPath;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, TestSnapshots.MIGRATIONS);
        made = new TestSnapshots(database);
        SnapshotRoutes routes =
                new SnapshotRoutes(made.there.groups, made.there.clusters, made.there.hosts, made.snapshots);
        api = new TestApi(TestCaller.memberOf(made.group), made.there.clock.instant(), routes);
        groupPath = "/api/public/v1.0/groups/" + made.group;
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void hostSnapshot_list_andOne() {
        SnapshotId id = made.completeSharded();
        Golden.check("snapshots/host-list", 200, api.get(of(mirror(0))));
        Golden.check("snapshots/host-one", 200, api.get(of(mirror(0)) + "/" + id));
    }

    @Test
    void otherMirrors_listNothing_andHaveNoSnapshotById() {
        SnapshotId id = made.completeSharded();
        Golden.check("snapshots/host-list-empty", 200, api.get(of(mirror(1))));
        Golden.check("snapshots/host-unknown", 404, api.get(of(mirror(1)) + "/" + id));
    }

    @Test
    void shardedSnapshot_list_andOne() {
        SnapshotId id = made.completeSharded();
        Golden.check("snapshots/sharded-list", 200, api.get(of(made.there.sharded) + "?pretty=true"));
        Golden.check("snapshots/sharded-one", 200, api.get(of(made.there.sharded) + "/" + id));
    }

    @Test
    void incompleteShardedSnapshot_namesTheMissingShards() {
        SnapshotId id = made.begin(made.there.sharded);
        made.commit(id, TestSnapshots.part(made.there.shard0), 1_000_000);
        made.snapshots.beginPart(made.group, id, TestSnapshots.part(made.there.shard1));
        Golden.check("snapshots/sharded-incomplete", 200, api.get(of(made.there.sharded) + "/" + id));
    }

    @Test
    void shard_showsItsPartOnly() {
        SnapshotId id = made.completeSharded();
        Golden.check("snapshots/shard-one", 200, api.get(of(made.there.shard1) + "/" + id));
        assertThat(total(api.get(of(made.there.shard1)))).isEqualTo(1);
    }

    @Test
    void replicaSet_one_encrypted() {
        SnapshotId id = made.begin(made.there.replicaSet);
        BeginPart encrypted = new BeginPart(
                made.there.replicaSet.id().hex(),
                null,
                TestSnapshots.OPLOG_SECONDS,
                7,
                "wiredTiger",
                null,
                true,
                "8a9b1c9e-7a58-4c6f-9a53-1f2d3c4b5a69");
        made.commit(id, encrypted, 5_000_000);
        made.snapshots.commitSnapshot(made.group, id);
        Golden.check("snapshots/replica-set-encrypted", 200, api.get(of(made.there.replicaSet) + "/" + id));
    }

    @Test
    void csrs_part() {
        SnapshotId id = made.begin(made.there.shardedWithCsrs);
        made.commit(id, TestSnapshots.part(made.there.csrs), 1_000_000);
        made.snapshots.commitSnapshot(made.group, id);
        Golden.check("snapshots/csrs-one", 200, api.get(of(made.there.shardedWithCsrs) + "/" + id));
    }

    @Test
    void completed_filters_andRefusesOtherWords() {
        made.completeReplicaSet();
        made.begin(made.there.replicaSet);
        String list = of(made.there.replicaSet);
        assertThat(total(api.get(list))).isEqualTo(1);
        assertThat(total(api.get(list + "?completed=true"))).isEqualTo(1);
        assertThat(total(api.get(list + "?completed=false"))).isEqualTo(1);
        assertThat(total(api.get(list + "?completed=ALL"))).isEqualTo(2);
        Golden.check("snapshots/completed-invalid", 400, api.get(list + "?completed=maybe"));
        assertThat(api.get(list + "?completed=").status()).isEqualTo(400);
    }

    @Test
    void doNotDelete_takesExpiresOutOfTheDocument() {
        SnapshotId id = made.completeReplicaSet();
        database.change(tx -> tx.execute("UPDATE snapshot SET do_not_delete = 1 WHERE id = ?", id.hex()));
        Golden.check("snapshots/do-not-delete", 200, api.get(of(made.there.replicaSet) + "/" + id));
    }

    @Test
    void wrongIds_areRefusedByName() {
        SnapshotId id = made.completeReplicaSet();
        Golden.check("snapshots/unknown", 404, api.get(of(made.there.replicaSet) + "/" + UNKNOWN));
        Golden.check("snapshots/malformed", 404, api.get(of(made.there.replicaSet) + "/NOT-AN-ID"));
        assertThat(api.get(of(made.there.sharded) + "/" + id).status())
                .as("snapshot of another cluster")
                .isEqualTo(404);
        Golden.check("snapshots/unknown-cluster", 404, api.get(groupPath + "/clusters/" + UNKNOWN + "/snapshots"));
        Golden.check("snapshots/malformed-cluster", 404, api.get(groupPath + "/clusters/my-cluster/snapshots"));
        Golden.check("snapshots/unknown-host", 404, api.get(groupPath + "/hosts/" + "0".repeat(32) + "/snapshots"));
        Golden.check("snapshots/not-config-server", 404, api.get(of(made.there.member)));
        Golden.check("snapshots/host-malformed", 404, api.get(of(mirror(0)) + "/" + UNKNOWN.toUpperCase()));
    }

    @Test
    void deletedSnapshot_isNotFound() {
        SnapshotId id = made.completeSharded();
        database.change(tx -> tx.execute("UPDATE snapshot SET deleted = 1 WHERE id = ?", id.hex()));
        assertThat(api.get(of(made.there.sharded) + "/" + id).status()).isEqualTo(404);
        assertThat(api.get(of(mirror(0)) + "/" + id).status()).isEqualTo(404);
        assertThat(total(api.get(of(mirror(0)) + "?completed=all"))).isZero();
    }

    @Test
    void projectOfOthers_isClosed() {
        String foreign = "/api/public/v1.0/groups/" + UNKNOWN + "/clusters/" + UNKNOWN + "/snapshots";
        assertThat(api.get(foreign).status()).isEqualTo(401);
        SnapshotRoutes routes =
                new SnapshotRoutes(made.there.groups, made.there.clusters, made.there.hosts, made.snapshots);
        TestApi global = new TestApi(TestCaller.global(), made.there.clock.instant(), routes);
        assertThat(global.get(foreign).status()).isEqualTo(404);
    }

    @Test
    void everyRoute_needsToReadTheProject() {
        assertThat(api.routes())
                .hasSize(4)
                .allSatisfy(route -> assertThat(route.need()).isEqualTo(Need.READ));
    }

    private Host mirror(int order) {
        return made.there.mirrors.get(order);
    }

    private String of(Cluster cluster) {
        return groupPath + "/clusters/" + cluster.id() + "/snapshots";
    }

    private String of(Host host) {
        return groupPath + "/hosts/" + host.id() + "/snapshots";
    }

    private static long total(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return ((ListJson<?>) answer.document()).totalCount();
    }
}
