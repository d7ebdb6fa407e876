package dev.holdfast.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCaller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotChangeRoutesTest {
    private static final String UNKNOWN = "0123456789abcdef01234567";
    private static final String LATER = "{\"expires\":\"2026-03-01T12:00:00Z\"}";

    @TempDir
    private Path folder;

    private Database database;
    private TestSnapshots made;
    private TestApi api;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, TestSnapshots.MIGRATIONS);
        made = new TestSnapshots(database);
        api = api();
    }

    private TestApi api() {
        Retention retention = new Retention(database, new ForgettingStore(), now -> Set.of());
        return new TestApi(
                TestCaller.memberOf(made.group),
                made.there.clock.instant(),
                new SnapshotRoutes(made.there.groups, made.there.clusters, made.there.hosts, made.snapshots),
                new SnapshotChangeRoutes(made.there.groups, made.there.clusters, made.snapshots, retention));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void expires_isChanged_andShown() {
        String path = of(made.there.sharded, made.completeSharded());
        Golden.check("snapshots/patch-expires", 200, api.patch(path, LATER));
        assertThat(api.get(path).document()).isEqualTo(api.patch(path, "{}").document());
        assertThat(text(api.patch(path, "{\"expires\":\"2026-03-02\"}"))).contains("2026-03-02T00:00:00Z");
    }

    @Test
    void doNotDelete_takesExpiresAway_andNeedsANewOneToEnd() {
        String path = of(made.there.replicaSet, made.completeReplicaSet());
        Golden.check("snapshots/patch-do-not-delete", 200, api.patch(path, "{\"doNotDelete\":\"true\"}"));
        Golden.check("snapshots/delete-do-not-delete", 403, api.delete(path));
        Golden.check("snapshots/patch-needs-expires", 400, api.patch(path, "{\"doNotDelete\":false}"));
        Golden.check("snapshots/patch-kept-expires", 403, api.patch(path, LATER));
        assertThat(api.patch(path, "{\"doNotDelete\":false,\"expires\":\"2026-03-01\"}")
                        .status())
                .isEqualTo(200);
        assertThat(api.delete(path).status()).isEqualTo(204);
    }

    @Test
    void bothAtOnce_areRefused() {
        String path = of(made.there.replicaSet, made.completeReplicaSet());
        Golden.check("snapshots/patch-both", 403, api.patch(path, "{\"doNotDelete\":true,\"expires\":\"2026-03-01\"}"));
    }

    @Test
    void otherAttributes_areRefusedByName() {
        String path = of(made.there.replicaSet, made.completeReplicaSet());
        Golden.check("snapshots/patch-read-only", 400, api.patch(path, "{\"complete\":true}"));
        Golden.check("snapshots/patch-unknown", 400, api.patch(path, "{\"retention\":3}"));
        Golden.check("snapshots/patch-no-date", 400, api.patch(path, "{\"expires\":\"soon\"}"));
        Golden.check("snapshots/patch-no-flag", 400, api.patch(path, "{\"doNotDelete\":\"maybe\"}"));
        assertThat(api.patch(path, "{\"expires\":5}").status()).isEqualTo(400);
        assertThat(api.patch(path, "[]").status()).isEqualTo(400);
    }

    @Test
    void snapshotWhoseTimeIsOver_cannotBeChanged() {
        String path = of(made.there.replicaSet, made.completeReplicaSet());
        made.there.clock.advance(Duration.ofDays(8));
        Golden.check("snapshots/patch-expired", 403, api().patch(path, LATER));
        assertThat(api().delete(path).status()).isEqualTo(204);
    }

    @Test
    void component_isChangedAndDeletedWithItsCluster() {
        SnapshotId id = made.completeSharded();
        Golden.check("snapshots/patch-component", 403, api.patch(of(made.there.shard0, id), LATER));
        Golden.check("snapshots/delete-component", 403, api.delete(of(made.there.shard0, id)));
        assertThat(api.get(of(made.there.sharded, id)).status()).isEqualTo(200);
    }

    @Test
    void deleted_isGoneFromEveryView_andDeletedOnce() {
        SnapshotId id = made.completeSharded();
        Answer answer = api.delete(of(made.there.sharded, id));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.document()).isNull();
        assertThat(api.get(of(made.there.sharded, id)).status()).isEqualTo(404);
        assertThat(api.get(of(made.there.shard0, id)).status()).isEqualTo(404);
        Golden.check("snapshots/delete-again", 404, api.delete(of(made.there.sharded, id)));
        assertThat(api.patch(of(made.there.sharded, id), LATER).status()).isEqualTo(404);
    }

    @Test
    void wrongIds_areRefusedBeforeTheBody() {
        assertThat(api.patch(of(made.there.sharded, new SnapshotId(UNKNOWN)), "no json")
                        .status())
                .isEqualTo(404);
        SnapshotId ofAnother = made.completeReplicaSet();
        assertThat(api.delete(of(made.there.sharded, ofAnother)).status()).isEqualTo(404);
        assertThat(api.get(of(made.there.replicaSet, ofAnother)).status()).isEqualTo(200);
    }

    @Test
    void both_needABackupRole_andDeletingAnAddressOnTheList() {
        assertThat(api.routes())
                .filteredOn(route -> !route.method().equals("GET"))
                .hasSize(2)
                .allSatisfy(route -> {
                    assertThat(route.need()).isEqualTo(Need.BACKUP);
                    assertThat(route.listed()).isEqualTo(route.method().equals("DELETE"));
                    assertThat(route.pattern()).doesNotContain("/hosts/");
                });
    }

    private String of(Cluster cluster, SnapshotId id) {
        return "/api/public/v1.0/groups/" + made.group + "/clusters/" + cluster.id() + "/snapshots/" + id;
    }

    private static String text(Answer answer) {
        return new String(ApiJson.write(answer.document(), false), StandardCharsets.UTF_8);
    }
}
