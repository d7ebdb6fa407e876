package dev.holdfast.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.ErrorJson;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCall;
import dev.holdfast.server.testing.TestCaller;
import dev.holdfast.server.testing.TestDeployment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Organisations, the changes of projects, and the list of all clusters. */
final class OrgRoutesTest {
    private static final String API = "/api/public/v1.0";
    private static final String GROUPS = API + "/groups";
    private static final String UNKNOWN = "0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private Database database;
    private TestDeployment there;
    private Groups groups;
    private OrgId org;
    private TestApi owner;
    private TestApi global;
    private final List<String> told = new ArrayList<>();
    private boolean needed;

    /** A key that owns {@code org}, or everything. */
    private record Owner(OrgId org, Set<GroupId> groups) implements Caller {
        @Override
        public String name() {
            return "abcdefgh";
        }

        @Override
        public boolean seesAllGroups() {
            return org == null;
        }

        @Override
        public Set<OrgId> orgs() {
            return org == null ? Set.of() : Set.of(org);
        }

        @Override
        public boolean owns(OrgId wanted) {
            return org == null || org.equals(wanted);
        }
    }

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, DeploymentContract.MIGRATIONS);
        there = new TestDeployment(database);
        groups = new Groups(database, there.clock, there.ids, new GroupTies() {
            @Override
            public void founded(Handle tx, GroupId group, Caller founder) {
                told.add(
                        founder.name() + " founded " + groups.require(tx, group).name());
            }

            @Override
            public void closing(Handle tx, GroupId group) {
                if (needed) {
                    throw new Refusal(ErrorCode.CANNOT_CLOSE_ACCOUNT_ACTIVE_BACKUP);
                }
                told.add("closing " + groups.require(tx, group).name());
            }
        });
        org = there.group.orgId();
        owner = api(new Owner(org, Set.of(there.group.id())));
        global = api(new Owner(null, Set.of()));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void organisations() {
        there.groups.create("Chemistry");
        Golden.check("orgs/list", 200, owner.get(API + "/orgs"));
        Golden.check("orgs/one", 200, owner.get(API + "/orgs/" + org));
        Golden.check("orgs/groups", 200, owner.get(API + "/orgs/" + org + "/groups"));
        Golden.check("orgs/list-by-name", 200, global.get(API + "/orgs?name=cHEM"));
        Golden.check("orgs/list-of-no-name", 200, global.get(API + "/orgs?name=Alchemy"));
        assertThat(results(global.get(API + "/orgs"))).hasSize(2);
        Golden.check("orgs/unknown", 404, global.get(API + "/orgs/" + UNKNOWN));
        Golden.check("orgs/unknown", 404, global.get(API + "/orgs/" + UNKNOWN + "/groups"));
    }

    @Test
    void organisation_showsThoseOfItsProjectsThatTheCallerSees() {
        groups.found("Optics", org, new Owner(org, Set.of()));
        assertThat(results(owner.get(API + "/orgs/" + org + "/groups"))).hasSize(1);
        assertThat(results(global.get(API + "/orgs/" + org + "/groups"))).hasSize(2);
    }

    @Test
    void postGroup_makesAProject_ownedByWhoAskedForIt() {
        Answer made = owner.post(GROUPS, "{\"name\":\"Optics\",\"orgId\":\"" + org + "\"}");
        Golden.check("groups/created", 201, made);
        Golden.check("groups/created-in-new-org", 201, global.post(GROUPS, "{\"name\":\"Alchemy\"}"));
        assertThat(told).containsExactly("abcdefgh founded Optics", "abcdefgh founded Alchemy");
        Golden.check("orgs/list-by-new-name", 200, global.get(API + "/orgs?name=Alchemy"));
        String address = made.headers().get("Location").substring(TestCall.BASE_URL.length());
        assertThat(global.get(address).document()).isEqualTo(made.document());
    }

    @Test
    void postGroup_refuses() {
        refuses("created-without-org", 401, owner.post(GROUPS, "{\"name\":\"Optics\"}"));
        refuses("created-in-foreign-org", 401, owner.post(GROUPS, "{\"name\":\"O\",\"orgId\":\"" + UNKNOWN + "\"}"));
        refuses("created-in-unknown-org", 404, global.post(GROUPS, "{\"name\":\"O\",\"orgId\":\"" + UNKNOWN + "\"}"));
        refuses("created-in-malformed-org", 404, global.post(GROUPS, "{\"name\":\"O\",\"orgId\":\"x\"}"));
        TestApi member = api(new TestCaller("m", true, Set.of()));
        refuses("created-by-member", 401, member.post(GROUPS, "{\"name\":\"Optics\",\"orgId\":\"" + org + "\"}"));
        refuses("created-twice", 409, global.post(GROUPS, "{\"name\":\"Physics\"}"));
        refuses("created-without-name", 400, global.post(GROUPS, "{}"));
        refuses("created-with-bad-name", 400, global.post(GROUPS, "{\"name\":\"a\\nb\"}"));
        refuses("created-read-only", 400, global.post(GROUPS, "{\"name\":\"Optics\",\"shardCount\":1}"));
        refuses("created-unknown-attribute", 400, global.post(GROUPS, "{\"name\":\"Optics\",\"x\":1}"));
        assertThat(results(global.get(API + "/orgs")))
                .as("nothing was made of these")
                .hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void patchGroup_renamesIt() {
        String path = GROUPS + "/" + there.group.id();
        there.groups.create("Chemistry");
        Golden.check("groups/renamed", 200, send("PATCH", path, "{\"name\":\"Optics\"}"));
        assertThat(groups.findByName("Optics")).isPresent();
        assertThat(groups.findByName("Physics")).isEmpty();
        Golden.check("groups/renamed", 200, send("PATCH", path, "{\"name\":\"Optics\"}"));
        refuses("renamed-to-taken", 409, send("PATCH", path, "{\"name\":\"Chemistry\"}"));
        refuses("renamed-without-name", 400, send("PATCH", path, "{}"));
        refuses("renamed-org", 400, send("PATCH", path, "{\"name\":\"x\",\"orgId\":\"" + org + "\"}"));
        Golden.check("groups/unknown", 404, send("PATCH", GROUPS + "/" + UNKNOWN, "{\"name\":\"x\"}"));
    }

    @Test
    void deleteGroup_takesItsClustersAndHostsWithIt_unlessSomethingNeedsIt() {
        String path = GROUPS + "/" + there.group.id();
        needed = true;
        refuses("deleted-with-backups", 409, send("DELETE", path, null));
        assertThat(there.clusters.list(there.group.id())).hasSize(6);
        needed = false;
        Golden.check("groups/deleted", 200, send("DELETE", path, null));
        assertThat(told).containsExactly("closing Physics");
        assertThat(there.clusters.list(there.group.id())).isEmpty();
        assertThat(there.hosts.list(there.group.id())).isEmpty();
        Golden.check("groups/unknown", 404, send("DELETE", GROUPS + "/" + UNKNOWN, null));
        assertThat(send("DELETE", path, null).status()).isEqualTo(404);
        assertThat(global.get(API + "/orgs/" + org).status())
                .as("the organisation stays")
                .isEqualTo(200);
        assertThat(groups.create("Physics").name()).as("the name is free").isEqualTo("Physics");
    }

    @Test
    void allClusters_byProject() {
        there.groups.create("Chemistry");
        Golden.check("clusters/all", 200, global.get(API + "/clusters"));
        Golden.check("clusters/all-page", 200, global.get(API + "/clusters?itemsPerPage=1&pageNum=1"));
        assertThat(results(owner.get(API + "/clusters"))).hasSize(1);
        assertThat(results(api(new Owner(org, Set.of())).get(API + "/clusters")))
                .isEmpty();
    }

    private void refuses(String name, int status, Answer answer) {
        assertThat(answer.document()).isInstanceOf(ErrorJson.class);
        Golden.check("groups/" + name, status, answer);
    }

    private Answer send(String method, String path, String json) {
        return global.answer(
                new TestCall(method, path, Map.of(), Map.of(), json, global.caller(), TestDeployment.START));
    }

    private TestApi api(Caller caller) {
        Orgs orgs = new Orgs(database);
        return new TestApi(
                caller,
                TestDeployment.START,
                new OrgRoutes(orgs, groups),
                new GroupRoutes(groups),
                new GroupChangeRoutes(groups),
                new AllClustersRoutes(groups, orgs, there.clusters, there.hosts));
    }

    private static List<?> results(Answer answer) {
        return ((ListJson<?>) answer.document()).results();
    }
}
