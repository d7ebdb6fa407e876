package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ApiKeyJson;
import dev.holdfast.contract.publicapi.ErrorJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestCall;
import dev.holdfast.server.testing.TestClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents of keys and access lists, and who may change what, on every database. */
abstract class KeyRoutesContract {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final String API = "/api/public/v1.0";
    private static final OrgId ORG = new OrgId("5196d3628d022db4cbc26d00");
    private static final OrgId OTHER_ORG = new OrgId("5196d3628d022db4cbc26d01");
    private static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    private static final String UNKNOWN = "0123456789abcdef01234567";
    private static final String ORG_KEYS = API + "/orgs/" + ORG + "/apiKeys";
    private static final String GROUP_KEYS = API + "/groups/" + GROUP + "/apiKeys";
    private static final String ADMIN_KEYS = API + "/admin/apiKeys";

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(NOW);
    private Database database;
    private Keys keys;
    private AccessGate gate;
    private NewApiKey orgOwner;
    private NewApiKey groupOwner;
    private NewApiKey globalOwner;

    abstract DatabaseConfig config(Path folder);

    @BeforeEach
    void open() {
        database = Database.open(config(folder), Node.MIGRATIONS);
        SecureRandom random = new FixedRandom();
        SecretsKey secrets = SecretsKey.open(folder.resolve("secrets.key"), random);
        ObjectIds ids = new ObjectIds(clock, new Random(2));
        keys = new Keys(database, secrets, ids, new FixedRandom());
        gate = new AccessGate(
                database, keys, new AgentKeys(database, ids, random), secrets, AccessSettings.defaults(true), random);
        globalOwner = keys.create("of everything", List.of(Grant.global(Role.GLOBAL_OWNER)), NOW);
        orgOwner = key(ORG, "of the organisation", Grant.in(ORG, Role.ORG_OWNER));
        groupOwner = key(ORG, "of the project", Grant.in(GROUP, Role.GROUP_OWNER));
        key(OTHER_ORG, "of others", Grant.in(OTHER_ORG, Role.ORG_OWNER));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keysOfAnOrganisation() {
        TestApi api = as(orgOwner);
        Golden.check("apiKeys/org-list", 200, api.get(ORG_KEYS));
        Golden.check("apiKeys/org-one", 200, api.get(ORG_KEYS + "/" + orgOwner.id()));
        Answer made = api.post(ORG_KEYS, "{\"desc\":\"for scripts\",\"roles\":[\"ORG_MEMBER\",\"ORG_MEMBER\"]}");
        Golden.check("apiKeys/org-created", 201, made);
        String path = path(made);
        Golden.check("apiKeys/org-masked", 200, api.get(path));
        String privateKey = ((ApiKeyJson) made.document()).privateKey();
        assertThat(privateKey).matches("[0-9a-f-]{36}");
        assertThat(api.get(path).document().toString()).doesNotContain(privateKey);
        Golden.check("apiKeys/org-renamed", 200, patch(api, path, "{\"desc\":\"for nothing\"}"));
        Golden.check("apiKeys/org-promoted", 200, patch(api, path, "{\"roles\":[\"ORG_OWNER\"]}"));
        assertThat(delete(api, path).status()).isEqualTo(204);
        assertThat(code(api.get(path))).isEqualTo("API_KEY_NOT_FOUND");
    }

    @Test
    void keysOfAProject() {
        TestApi api = as(groupOwner);
        Golden.check("apiKeys/group-list", 200, api.get(GROUP_KEYS));
        Answer made = api.post(GROUP_KEYS, "{\"desc\":\"restores\",\"roles\":[\"GROUP_BACKUP_ADMIN\"]}");
        Golden.check("apiKeys/group-created", 201, made);
        String path = path(made);
        Golden.check("apiKeys/group-masked", 200, api.get(path));
        Golden.check("apiKeys/group-changed", 200, patch(api, path, "{\"roles\":[\"GROUP_READ_ONLY\"]}"));
        assertThat(delete(api, path).status()).isEqualTo(204);
        Golden.check("apiKeys/unknown-in-group", 400, api.get(path));
        // it is still a key of the organisation, and can be assigned again
        String id = path.substring(path.lastIndexOf('/') + 1);
        assertThat(as(orgOwner).get(ORG_KEYS + "/" + id).status()).isEqualTo(200);
        Golden.check("apiKeys/group-changed", 200, patch(api, path, "{\"roles\":[\"GROUP_READ_ONLY\"]}"));
    }

    @Test
    void keysOfTheInstallation() {
        TestApi api = as(globalOwner);
        Golden.check("apiKeys/admin-list", 200, api.get(ADMIN_KEYS));
        Answer made = api.post(ADMIN_KEYS, "{\"desc\":\"watch\",\"roles\":[\"GLOBAL_READ_ONLY\"]}");
        Golden.check("apiKeys/admin-created", 201, made);
        Golden.check("apiKeys/admin-changed", 200, patch(api, path(made), "{\"roles\":[\"GLOBAL_BACKUP_ADMIN\"]}"));
        assertThat(delete(api, path(made)).status()).isEqualTo(204);
        assertThat(code(api.get(ADMIN_KEYS + "/" + orgOwner.id())))
                .as("a key of an organisation is none of these")
                .isEqualTo("API_KEY_NOT_FOUND");
    }

    @Test
    void keyThatIsNotThere_isToldByItsCode() {
        TestApi api = as(orgOwner);
        Golden.check("apiKeys/unknown", 400, api.get(ORG_KEYS + "/" + UNKNOWN));
        Golden.check("apiKeys/malformed", 404, api.get(ORG_KEYS + "/" + UNKNOWN.toUpperCase()));
        for (ApiKey foreign : keys.list()) {
            if (!ORG.equals(foreign.org())) {
                String path = ORG_KEYS + "/" + foreign.id();
                assertThat(code(api.get(path))).isEqualTo("API_KEY_NOT_FOUND");
                assertThat(code(patch(api, path, "{\"desc\":\"x\"}"))).isEqualTo("API_KEY_NOT_FOUND");
                assertThat(code(delete(api, path))).isEqualTo("API_KEY_NOT_FOUND");
                assertThat(code(api.get(path + "/accessList"))).isEqualTo("API_KEY_NOT_FOUND");
                assertThat(code(patch(as(groupOwner), GROUP_KEYS + "/" + foreign.id(), "{\"desc\":\"x\"}")))
                        .isEqualTo("API_KEY_NOT_FOUND");
            }
        }
        assertThat(keys.list()).hasSize(4);
    }

    @Test
    void globalKey_isToldWhichOrganisationsAndProjectsAreNotThere() {
        TestApi api = as(globalOwner);
        assertThat(code(api.get(API + "/orgs/" + UNKNOWN + "/apiKeys"))).isEqualTo("ORG_NOT_FOUND");
        assertThat(code(api.get(API + "/groups/" + UNKNOWN + "/apiKeys"))).isEqualTo("GROUP_NOT_FOUND");
    }

    @Test
    void nobody_grantsWhatHeDoesNotHold() {
        String body = "{\"desc\":\"d\",\"roles\":[\"ORG_OWNER\"]}";
        NewApiKey member = key(ORG, "member", Grant.in(ORG, Role.ORG_MEMBER));
        NewApiKey reader = key(ORG, "reader", Grant.in(GROUP, Role.GROUP_READ_ONLY));
        Golden.check("apiKeys/grants-too-much", 401, as(member).post(ORG_KEYS, body));
        assertThat(code(as(groupOwner).post(ADMIN_KEYS, "{\"desc\":\"d\",\"roles\":[\"GLOBAL_READ_ONLY\"]}")))
                .isEqualTo("USER_UNAUTHORIZED");
        assertThat(code(as(reader).post(GROUP_KEYS, "{\"desc\":\"d\",\"roles\":[\"GROUP_OWNER\"]}")))
                .isEqualTo("USER_UNAUTHORIZED");
        assertThat(as(reader)
                        .post(GROUP_KEYS, "{\"desc\":\"d\",\"roles\":[\"GROUP_READ_ONLY\"]}")
                        .status())
                .as("the gate asks for more; the rule itself is about the roles alone")
                .isEqualTo(201);
        String own = ORG_KEYS + "/" + member.id();
        assertThat(code(patch(as(member), own, "{\"roles\":[\"ORG_OWNER\"]}"))).isEqualTo("USER_UNAUTHORIZED");
        // what counts is what the caller holds now, and not what it held when it signed in
        key(ORG, "another owner", Grant.in(ORG, Role.ORG_OWNER));
        TestApi api = as(orgOwner);
        keys.setGrants(orgOwner.id(), List.of(Grant.in(ORG, Role.ORG_MEMBER)));
        assertThat(code(api.post(ORG_KEYS, body))).isEqualTo("USER_UNAUTHORIZED");
    }

    @Test
    void lastOwner_isNeitherDeletedNorDemoted() {
        TestApi api = as(orgOwner);
        String own = ORG_KEYS + "/" + orgOwner.id();
        Golden.check("apiKeys/last-owner", 400, delete(api, own));
        Golden.check("apiKeys/last-owner", 400, patch(api, own, "{\"roles\":[\"ORG_MEMBER\"]}"));
        assertThat(patch(api, own, "{\"roles\":[\"ORG_MEMBER\",\"ORG_OWNER\"]}").status())
                .isEqualTo(200);
        assertThat(code(delete(as(globalOwner), ADMIN_KEYS + "/" + globalOwner.id())))
                .isEqualTo("VALIDATION_ERROR");
        NewApiKey heir = key(ORG, "heir", Grant.in(ORG, Role.ORG_OWNER));
        assertThat(delete(api, own).status()).isEqualTo(204);
        assertThat(code(delete(as(heir), ORG_KEYS + "/" + heir.id()))).isEqualTo("VALIDATION_ERROR");
        assertThat(delete(as(heir), ORG_KEYS + "/" + groupOwner.id()).status())
                .as("a key that owns no organisation")
                .isEqualTo(204);
    }

    @Test
    void accessList() throws UnknownHostException {
        TestApi api = as(orgOwner);
        String list = ORG_KEYS + "/" + groupOwner.id() + "/accessList";
        Golden.check("accessList/empty", 200, api.get(list));
        Answer added = api.post(list, "[{\"ipAddress\":\"192.0.2.7\"},{\"cidrBlock\":\"2001:db8::/32\"}]");
        Golden.check("accessList/added", 201, added);
        assertThat(path(added)).isEqualTo(list);
        Golden.check("accessList/one", 200, api.get(list + "/192.0.2.7"));
        Golden.check("accessList/one", 200, api.get(list + "/192.0.2.7%2F32"));
        Golden.check("accessList/block", 200, api.get(list + "/2001:db8::%2F32"));
        gate.admit(
                caller(groupOwner), Need.BACKUP, GROUP, true, InetAddress.getByName("192.0.2.7"), NOW.plusSeconds(90));
        Golden.check("accessList/used", 200, api.get(list + "/192.0.2.7"));
        Golden.check("accessList/block", 200, api.get(list + "/2001:db8::%2F32"));
        Golden.check("accessList/whitelist", 200, api.get(list.replace("accessList", "whitelist")));
        assertThat(delete(api, list + "/2001:db8::%2F32").status()).isEqualTo(204);
        Golden.check("accessList/not-found", 404, api.get(list + "/2001:db8::%2F32"));
        Golden.check("accessList/not-found", 404, delete(api, list + "/2001:db8::%2F32"));
        Golden.check("accessList/not-found", 404, api.get(list + "/nonsense"));
    }

    @Test
    void accessList_refusesByTheDocumentedCodes() {
        TestApi api = as(orgOwner);
        String list = ORG_KEYS + "/" + groupOwner.id() + "/accessList";
        String old = list.replace("accessList", "whitelist");
        api.post(list, "[{\"ipAddress\":\"192.0.2.7\"}]");
        String both = "[{\"ipAddress\":\"192.0.2.8\",\"cidrBlock\":\"192.0.2.8/32\"}]";
        Golden.check("accessList/both", 400, api.post(list, both));
        Golden.check("accessList/both-whitelist", 400, api.post(old, both));
        Golden.check("accessList/neither", 400, api.post(list, "[{}]"));
        Golden.check("accessList/none", 400, api.post(list, "[]"));
        String again = "[{\"ipAddress\":\"192.0.2.9\"},{\"cidrBlock\":\"192.0.2.7/32\"}]";
        Golden.check("accessList/already", 409, api.post(list, again));
        Golden.check("accessList/already-whitelist", 409, api.post(old, again));
        assertThat(keys.accessList(groupOwner.id())).as("all or nothing").hasSize(1);
        Golden.check(
                "accessList/twice",
                400,
                api.post(list, "[{\"ipAddress\":\"192.0.2.9\"},{\"cidrBlock\":\"192.0.2.9/32\"}]"));
        Golden.check("accessList/bad-address", 400, api.post(list, "[{\"ipAddress\":\"192.0.2.256\"}]"));
        Golden.check("accessList/bad-block", 400, api.post(list, "[{\"cidrBlock\":\"192.0.2.0/33\"}]"));
        Golden.check("accessList/block-as-address", 400, api.post(list, "[{\"ipAddress\":\"192.0.2.0/24\"}]"));
    }

    @Test
    void accessList_isForTheKeyItselfAndForOwners() {
        NewApiKey member = key(ORG, "member", Grant.in(ORG, Role.ORG_MEMBER));
        String own = ORG_KEYS + "/" + member.id() + "/accessList";
        String others = ORG_KEYS + "/" + groupOwner.id() + "/accessList";
        assertThat(as(member).post(own, "[{\"ipAddress\":\"192.0.2.7\"}]").status())
                .isEqualTo(201);
        Golden.check("accessList/denied", 400, as(member).get(others));
        Golden.check("accessList/denied-whitelist", 400, as(member).get(others.replace("accessList", "whitelist")));
        assertThat(code(as(member).post(others, "[{\"ipAddress\":\"192.0.2.7\"}]")))
                .isEqualTo("API_KEY_ACCESS_LIST_ACCESS_DENIED");
        assertThat(keys.accessList(groupOwner.id())).isEmpty();
    }

    @Test
    void caller_cannotRemoveItselfFromItsList() {
        TestApi api = as(orgOwner);
        String list = ORG_KEYS + "/" + orgOwner.id() + "/accessList";
        // the test's calls come from 127.0.0.1
        api.post(list, "[{\"ipAddress\":\"127.0.0.1\"},{\"ipAddress\":\"192.0.2.7\"}]");
        Golden.check("accessList/caller", 400, delete(api, list + "/127.0.0.1"));
        Golden.check(
                "accessList/caller-whitelist",
                400,
                delete(api, list.replace("accessList", "whitelist") + "/127.0.0.1"));
        assertThat(delete(api, list + "/192.0.2.7").status()).isEqualTo(204);
        api.post(list, "[{\"cidrBlock\":\"127.0.0.0/8\"}]");
        assertThat(delete(api, list + "/127.0.0.1").status())
                .as("it is still on it by the block")
                .isEqualTo(204);
        assertThat(code(delete(api, list + "/127.0.0.0%2F8"))).isEqualTo("CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST");
    }

    @Test
    void accessList_isBounded() {
        StringBuilder many = new StringBuilder("[");
        for (int i = 0; i < 201; i++) {
            many.append(i == 0 ? "" : ",")
                    .append("{\"ipAddress\":\"10.0.0.")
                    .append(i)
                    .append("\"}");
        }
        String list = ORG_KEYS + "/" + groupOwner.id() + "/accessList";
        assertThat(code(as(orgOwner).post(list, many.append("]").toString()))).isEqualTo("VALIDATION_ERROR");
        assertThat(keys.accessList(groupOwner.id())).isEmpty();
    }

    @Test
    void usesOfTwoNodes_addUp_andTheLaterOneIsKept() throws UnknownHostException {
        AddressBlock block = AddressBlock.parse("192.0.2.0/24");
        keys.allow(groupOwner.id(), block, NOW);
        ListUses other = new ListUses(database);
        other.note(groupOwner.id(), block, InetAddress.getByName("192.0.2.2"), NOW.plusSeconds(9));
        ListUses uses = gate.listUses();
        for (int i = 0; i < 3; i++) {
            uses.note(groupOwner.id(), block, InetAddress.getByName("192.0.2.1"), NOW.plusSeconds(i));
        }
        other.flush();
        uses.flush();
        uses.flush();
        assertThat(keys.accessList(groupOwner.id()))
                .containsExactly(new AccessListEntry(block, NOW, 4, NOW.plusSeconds(9), "192.0.2.2"));
        keys.disallow(groupOwner.id(), block);
        uses.note(groupOwner.id(), block, InetAddress.getByName("192.0.2.1"), NOW);
        uses.flush();
        assertThat(keys.accessList(groupOwner.id()))
                .as("an entry that is gone stays gone")
                .isEmpty();
    }

    @Test
    void firstUser_isMadeOnce_beforeThereIsAnyKey() {
        String path = API + "/unauth/users?whitelist=192.0.2.7&whitelist=192.0.2.0%2F24&accessList=192.0.2.7";
        String body = "{\"username\":\"jane@example.net\",\"password\":\"secret\",\"firstName\":\"Jane\","
                + "\"lastName\":\"Doe\"}";
        TestApi api = as(globalOwner);
        Golden.check("users/first-too-late", 403, api.post(path, body));
        keys.list().forEach(key -> keys.delete(key.id()));
        assertThat(code(api.post(path, "{\"username\":\"jane\"}"))).isEqualTo("MISSING_ATTRIBUTE");
        assertThat(code(api.post(API + "/unauth/users?whitelist=nowhere", body)))
                .isEqualTo("INVALID_QUERY_PARAMETER");
        Answer made = api.post(path, body);
        Golden.check("users/first", 201, made);
        ApiKey key = keys.list().get(0);
        assertThat(key.grants()).containsExactly(Grant.global(Role.GLOBAL_OWNER));
        assertThat(keys.accessList(key.id())).hasSize(2);
        Golden.check("users/first-too-late", 403, api.post(path, body));
        keys.delete(key.id());
        Golden.check("users/first-too-late", 403, api.post(path, body));
        assertThat(keys.list())
                .as("nobody becomes first by taking the first away")
                .isEmpty();
    }

    private NewApiKey key(OrgId org, String desc, Grant grant) {
        clock.advance(Duration.ofSeconds(1));
        return database.write(tx -> keys.create(tx, org, desc, List.of(grant), clock.instant()));
    }

    private KeyCaller caller(NewApiKey key) {
        return keys.caller(keys.signature(key.publicKey()).orElseThrow());
    }

    private TestApi as(NewApiKey key) {
        Tenants tenants = new Tenants() {
            @Override
            public Optional<OrgId> orgOf(Handle handle, GroupId group) {
                return group.equals(GROUP) ? Optional.of(ORG) : Optional.empty();
            }

            @Override
            public boolean exists(Handle handle, OrgId org) {
                return org.equals(ORG) || org.equals(OTHER_ORG);
            }
        };
        return new TestApi(
                caller(key),
                clock.instant(),
                new OrgKeyRoutes(keys, tenants),
                new GroupKeyRoutes(keys, tenants),
                new AdminKeyRoutes(keys, tenants),
                new AccessListRoutes(keys, tenants, gate.listUses()),
                new FirstUserRoutes(keys));
    }

    private Answer patch(TestApi api, String path, String json) {
        return api.answer(new TestCall("PATCH", path, Map.of(), Map.of(), json, api.caller(), clock.instant()));
    }

    private Answer delete(TestApi api, String path) {
        return api.answer(new TestCall("DELETE", path, Map.of(), Map.of(), null, api.caller(), clock.instant()));
    }

    private static String path(Answer made) {
        return made.headers().get("Location").substring(TestCall.BASE_URL.length());
    }

    private static String code(Answer answer) {
        return answer.document() instanceof ErrorJson error ? error.errorCode() : "none: " + answer;
    }

    /** Chance that is the same in every run, so that whole documents can be compared. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial")
        private final Random random = new Random(3);

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }
}
