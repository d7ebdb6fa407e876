package dev.holdfast.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ErrorJson;
import dev.holdfast.contract.publicapi.GrowthJson;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.database.Database;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCaller;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each snapshot of a cluster, a shard or a config server came to. */
abstract class GrowthContract {
    private Database database;
    private TestSnapshots made;

    abstract Database open();

    @BeforeEach
    void build() {
        database = open();
        made = new TestSnapshots(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void cluster_hasItsSnapshots_oldestFirst_incompleteOnesToo() {
        SnapshotId first = made.completeReplicaSet();
        SnapshotId begun = made.begin(made.there.replicaSet);
        SnapshotId last = made.completeReplicaSet();
        List<GrowthJson> grown = list(cluster(made.there.replicaSet.id().hex()));
        assertThat(grown).extracting(GrowthJson::id).containsExactly(first.hex(), begun.hex(), last.hex());
        assertThat(grown).extracting(GrowthJson::complete).containsExactly(true, false, true);
        assertThat(grown.get(0).logicalBytes()).isEqualTo(2_000_000);
        assertThat(grown.get(0).storedBytes()).isEqualTo(1_000_000);
        assertThat(grown.get(0).newBytes()).isEqualTo(500_000);
        assertThat(grown.get(0).archiveBytes()).isEqualTo(666_666);
        assertThat(grown.get(1).logicalBytes()).isZero();
    }

    @Test
    void whole_hasTheSumOfItsParts_shardAndMirrorTheirOwn() {
        SnapshotId id = made.completeSharded();
        SnapshotId alone = made.begin(made.there.mirrors.get(0));
        made.commit(alone, TestSnapshots.part(made.there.mirrors.get(0)), 400);
        List<GrowthJson> whole = list(cluster(made.there.sharded.id().hex()));
        assertThat(whole).extracting(GrowthJson::id).containsExactly(id.hex(), alone.hex());
        assertThat(whole).extracting(GrowthJson::logicalBytes).containsExactly(134_217_728L + 7_000_000, 400L);
        assertThat(whole).extracting(GrowthJson::complete).containsExactly(true, false);
        List<GrowthJson> shard = list(cluster(made.there.shard1.id().hex()));
        assertThat(shard).extracting(GrowthJson::logicalBytes).containsExactly(4_000_000L);
        List<GrowthJson> mirror = list(host(0));
        assertThat(mirror).extracting(GrowthJson::logicalBytes).containsExactly(134_217_728L, 400L);
        assertThat(mirror).extracting(GrowthJson::complete).containsExactly(true, true);
        assertThat(list(host(1))).isEmpty();
    }

    @Test
    void goneSnapshots_areLeftOut_andPagesAreCounted() {
        for (int i = 0; i < 5; i++) {
            made.completeReplicaSet();
        }
        SnapshotId gone = made.completeReplicaSet();
        database.change(tx -> tx.execute("UPDATE snapshot SET deleted = 1 WHERE id = ?", gone.hex()));
        String path = cluster(made.there.replicaSet.id().hex());
        assertThat(list(path)).hasSize(5);
        ListJson<?> page = (ListJson<?>) get(path + "?itemsPerPage=2&pageNum=3").document();
        assertThat(page.totalCount()).isEqualTo(5);
        assertThat(page.results()).hasSize(1);
        made.there.clock.advance(Duration.ofDays(3650));
        assertThat(list(path)).isEmpty();
    }

    @Test
    void whatIsNotThere_isRefused() {
        assertThat(code(get(cluster("0123456789abcdef01234567")))).isEqualTo("CLUSTER_NOT_FOUND");
        assertThat(code(get(cluster("x")))).isEqualTo("INVALID_CLUSTER_ID");
        String group = "/api/holdfast/v1/groups/" + made.group + "/hosts/";
        assertThat(code(get(group + made.there.member.id() + "/growth"))).isEqualTo("NOT_CONFIG_SERVER");
        assertThat(code(get(group + "x/growth"))).isEqualTo("HOST_NOT_FOUND");
    }

    private String cluster(String id) {
        return "/api/holdfast/v1/groups/" + made.group + "/clusters/" + id + "/growth";
    }

    private String host(int mirror) {
        return "/api/holdfast/v1/groups/" + made.group + "/hosts/"
                + made.there.mirrors.get(mirror).id() + "/growth";
    }

    private List<GrowthJson> list(String path) {
        Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(200);
        return ((ListJson<?>) answer.document())
                .results().stream().map(GrowthJson.class::cast).toList();
    }

    private Answer get(String path) {
        return new TestApi(
                        TestCaller.memberOf(made.group),
                        made.there.clock.instant(),
                        new GrowthRoutes(made.there.groups, made.there.clusters, made.there.hosts, made.snapshots))
                .get(path);
    }

    private static String code(Answer answer) {
        return ((ErrorJson) answer.document()).errorCode();
    }
}
