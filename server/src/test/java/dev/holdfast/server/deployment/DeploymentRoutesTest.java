package dev.holdfast.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCall;
import dev.holdfast.server.testing.TestCaller;
import dev.holdfast.server.testing.TestDeployment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeploymentRoutesTest {
    private static final String API = "/api/public/v1.0";
    private static final String UNKNOWN = "0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private Database database;
    private TestDeployment there;
    private TestApi api;
    private String group;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, DeploymentContract.MIGRATIONS);
        there = new TestDeployment(database);
        api = apiOf(TestCaller.memberOf(there.group.id()));
        group = API + "/groups/" + there.group.id();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void root() {
        Golden.check("root", 200, api.get(API));
        Golden.check("root", 200, api.get(API + "/"));
    }

    @Test
    void groups() {
        there.groups.create("Chemistry");
        Golden.check("groups/list", 200, api.get(API + "/groups"));
        Golden.check("groups/one", 200, api.get(group));
        Golden.check("groups/one", 200, api.get(API + "/groups/byName/Physics"));
    }

    @Test
    void groups_ofOthers_cannotBeSeenNorProbedByName() {
        there.groups.create("Chemistry & Co");
        assertThat(results(api.get(API + "/groups"))).hasSize(1);
        Golden.check("groups/by-name-foreign", 404, api.get(API + "/groups/byName/Chemistry%20%26%20Co"));
        Golden.check("groups/by-name-unknown", 404, api.get(API + "/groups/byName/Alchemy"));
        TestApi global = apiOf(TestCaller.global());
        assertThat(results(global.get(API + "/groups"))).hasSize(2);
        assertThat(global.get(API + "/groups/byName/Chemistry%20%26%20Co").status())
                .isEqualTo(200);
    }

    @Test
    void groups_areAddressedByIdOnly_whenOneIsCalledByName() {
        there.groups.create("byName");
        assertThat(apiOf(TestCaller.global()).get(API + "/groups/byName/byName").status())
                .isEqualTo(200);
    }

    @Test
    void everyRouteOfAProject_saysSo_whenAGlobalKeyNamesAnUnknownOne() {
        TestApi global = apiOf(TestCaller.global());
        String unknown = API + "/groups/" + UNKNOWN;
        Golden.check("groups/unknown", 404, global.get(unknown));
        for (String path : List.of(
                "/hosts",
                "/hosts/byName/a:1",
                "/hosts/" + there.member.id(),
                "/clusters",
                "/clusters/" + there.sharded.id())) {
            Golden.check("groups/unknown", 404, global.get(unknown + path));
        }
        Golden.check("groups/unknown", 404, global.post(unknown + "/hosts", "{\"hostname\":\"a\",\"port\":1}"));
    }

    @Test
    void clusters() {
        Golden.check("clusters/list", 200, api.get(group + "/clusters"));
        Golden.check(
                "clusters/list-of-parent",
                200,
                api.get(group + "/clusters?pretty=true&parentClusterId=" + there.sharded.id()));
        Golden.check("clusters/list-of-nobody", 200, api.get(group + "/clusters?parentClusterId=" + UNKNOWN));
        Golden.check("clusters/list-of-malformed", 400, api.get(group + "/clusters?parentClusterId=x"));
        Golden.check("clusters/sharded", 200, api.get(group + "/clusters/" + there.sharded.id()));
        Golden.check("clusters/shard", 200, api.get(group + "/clusters/" + there.shard0.id()));
        Golden.check("clusters/replica-set", 200, api.get(group + "/clusters/" + there.replicaSet.id()));
        Golden.check("clusters/csrs", 200, api.get(group + "/clusters/" + there.csrs.id()));
        Golden.check("clusters/unknown", 404, api.get(group + "/clusters/" + UNKNOWN));
        Golden.check("clusters/malformed", 404, api.get(group + "/clusters/" + UNKNOWN.toUpperCase()));
    }

    @Test
    void clusters_arePaged() {
        Golden.check("clusters/page", 200, api.get(group + "/clusters?itemsPerPage=2&pageNum=2"));
    }

    @Test
    void hosts() {
        String mirror = there.mirrors.get(0).id().hex();
        Golden.check("hosts/list", 200, api.get(group + "/hosts"));
        Golden.check("hosts/list-of-cluster", 200, api.get(group + "/hosts?clusterId=" + there.shard0.id()));
        Golden.check("hosts/list-of-malformed", 400, api.get(group + "/hosts?clusterId=x"));
        Golden.check("hosts/mirrored-config-server", 200, api.get(group + "/hosts/" + mirror));
        Golden.check("hosts/mirrored-config-server", 200, api.get(group + "/hosts/byName/cfg1.example.net:27019"));
        Golden.check("hosts/shard-member", 200, api.get(group + "/hosts/" + there.member.id()));
        Golden.check("hosts/unknown", 404, api.get(group + "/hosts/0123456789abcdef0123456789abcdef"));
        Golden.check("hosts/malformed", 404, api.get(group + "/hosts/" + mirror.toUpperCase()));
        Golden.check("hosts/by-name-unknown", 404, api.get(group + "/hosts/byName/cfg9.example.net:27019"));
    }

    @Test
    void hosts_byName_findsNothing_whenThePortIsNone() {
        for (String name : List.of("a.example.net", "a.example.net:", ":27018", "a.example.net:99999999999", "a:b")) {
            Answer answer = api.get(group + "/hosts/byName/" + name);
            assertThat(answer.status()).as(name).isEqualTo(404);
        }
    }

    @Test
    void postHost_createsIt_andTellsWhere() {
        Answer answer = api.post(group + "/hosts", "{\"hostname\":\"new.example.net\",\"port\":\"27017\"}");
        Golden.check("hosts/created", 201, answer);
        String address = answer.headers().get("Location").substring(TestCall.BASE_URL.length());
        Golden.check("hosts/created", 200, api.get(address));
    }

    @Test
    void postHost_answers200_whenItIsKnown() {
        Answer answer = api.post(group + "/hosts", "{\"hostname\":\"a.example.net\",\"port\":27018.0}");
        Golden.check("hosts/shard-member", 200, answer);
    }

    @Test
    void postHost_acceptsWhatIsSoAnyway() {
        Answer answer = api.post(
                group + "/hosts",
                "{\"hostname\":\"b\",\"port\":1,\"sslEnabled\":false,\"logsEnabled\":\"false\","
                        + "\"authMechanismName\":\"NONE\",\"username\":null,\"groupId\":\"" + there.group.id() + "\"}");
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void postHost_refuses() {
        refuses("missing-hostname", 400, "{\"port\":27017}");
        refuses("missing-port", 400, "{\"hostname\":\"a\"}");
        refuses("bad-hostname", 400, "{\"hostname\":\"a b\",\"port\":1}");
        refuses("hostname-number", 400, "{\"hostname\":5,\"port\":1}");
        refuses("port-zero", 400, "{\"hostname\":\"a\",\"port\":0}");
        refuses("port-too-high", 400, "{\"hostname\":\"a\",\"port\":65536}");
        refuses("port-fraction", 400, "{\"hostname\":\"a\",\"port\":1.5}");
        refuses("port-object", 400, "{\"hostname\":\"a\",\"port\":{}}");
        refuses("read-only", 400, "{\"hostname\":\"a\",\"port\":1,\"id\":\"x\"}");
        refuses("unknown-attribute", 400, "{\"hostname\":\"a\",\"port\":1,\"prot\":2}");
        refuses("credentials", 400, "{\"hostname\":\"a\",\"port\":1,\"username\":\"root\"}");
        refuses("ssl", 400, "{\"hostname\":\"a\",\"port\":1,\"sslEnabled\":true}");
        refuses("other-group", 400, "{\"hostname\":\"a\",\"port\":1,\"groupId\":\"" + UNKNOWN + "\"}");
        refuses("no-json", 400, "hostname=a");
        assertThat(there.hosts.list(there.group.id())).hasSize(6);
    }

    @Test
    void everyRoute_requiresWhatIsDocumented() {
        assertThat(api.routes())
                .allSatisfy(route -> assertThat(route.need())
                        .as(route.method() + " " + route.pattern())
                        .isEqualTo(
                                !route.method().equals("GET")
                                        ? Need.MONITOR
                                        : route.pattern().contains("{groupId}") ? Need.READ : Need.KEY));
    }

    @Test
    void patchCluster_renamesAShardedOne_andItsMembers() {
        String sharded = group + "/clusters/" + there.sharded.id();
        Golden.check("clusters/renamed", 200, api.patch(sharded, "{\"clusterName\":\"positron\"}"));
        assertThat(there.clusters.find(there.group.id(), there.shard0.id()))
                .get()
                .extracting(Cluster::clusterName)
                .isEqualTo("positron");
        String replicaSet = group + "/clusters/" + there.replicaSet.id();
        for (var other : List.of(there.replicaSet, there.shard0, there.csrs)) {
            Golden.check(
                    "clusters/not-sharded",
                    400,
                    api.patch(group + "/clusters/" + other.id(), "{\"clusterName\":\"positron\"}"));
        }
        assertThat(api.patch(replicaSet + "0", "{}").status()).isEqualTo(404);
    }

    @Test
    void patchCluster_refuses() {
        String sharded = group + "/clusters/" + there.sharded.id();
        Golden.check("clusters/renamed-to-taken", 400, api.patch(sharded, "{\"clusterName\":\"muon\"}"));
        Golden.check("clusters/renamed-to-nothing", 400, api.patch(sharded, "{}"));
        Golden.check("clusters/renamed-read-only", 400, api.patch(sharded, "{\"typeName\":\"SHARDED\"}"));
        Golden.check("clusters/renamed-unknown", 400, api.patch(sharded, "{\"name\":\"x\"}"));
        Golden.check("clusters/sharded", 200, api.get(sharded));
    }

    @Test
    void patchHost_confirmsWhatIsSo_andRefusesTheRest() {
        String host = group + "/hosts/" + there.member.id();
        Golden.check("hosts/shard-member", 200, api.patch(host, "{}"));
        Golden.check(
                "hosts/shard-member",
                200,
                api.patch(host, "{\"logsEnabled\":false,\"port\":\"27018\",\"hostname\":\"a.example.net\"}"));
        Golden.check("hosts/patch-port", 400, api.patch(host, "{\"port\":27019}"));
        Golden.check("hosts/patch-hostname", 400, api.patch(host, "{\"hostname\":\"b.example.net\"}"));
        Golden.check("hosts/patch-profiler", 400, api.patch(host, "{\"profilerEnabled\":true}"));
        Golden.check("hosts/patch-unknown", 400, api.patch(host, "{\"prot\":1}"));
        Golden.check("hosts/malformed", 404, api.patch(group + "/hosts/" + hostIdUpperCase(), "{}"));
    }

    @Test
    void deleteHost_deletesIt_once() {
        String host = group + "/hosts/" + there.member.id();
        Golden.check("hosts/deleted", 200, api.delete(host));
        assertThat(api.get(host).status()).isEqualTo(404);
        Golden.check("hosts/deleted-again", 404, api.delete(host));
    }

    private String hostIdUpperCase() {
        return there.mirrors.get(0).id().hex().toUpperCase();
    }

    private void refuses(String name, int status, String json) {
        Golden.check("hosts/post-" + name, status, api.post(group + "/hosts", json));
    }

    private TestApi apiOf(TestCaller caller) {
        return new TestApi(
                caller,
                TestDeployment.START,
                new RootRoutes("0123abc", call -> null),
                new GroupRoutes(there.groups),
                new ClusterRoutes(there.groups, there.clusters),
                new ClusterChangeRoutes(there.groups, there.clusters),
                new HostRoutes(there.groups, there.clusters, there.hosts),
                new HostChangeRoutes(there.groups, there.clusters, there.hosts));
    }

    private static List<?> results(Answer answer) {
        return ((ListJson<?>) answer.document()).results();
    }
}
