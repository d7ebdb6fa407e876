package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.server.access.Grant;
import dev.holdfast.server.access.NewApiKey;
import dev.holdfast.server.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each administrative endpoint with each role, on the wired server. */
class ApiRolesTest {
    private static final byte[] NOTHING = {};

    @TempDir
    static Path directory;

    private static WiredServer server;
    private static WiredProject ours;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
        ours = server.ours;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A request that changes nothing even when it is admitted, and which roles admit it. */
    private record Cell(String method, String path, List<Role> admitted) {}

    @Test
    void everyEndpointIsAdmittedByTheDocumentedRolesOnly() throws IOException {
        List<Role> project = List.of(Role.GROUP_OWNER, Role.GLOBAL_OWNER);
        List<Role> org = List.of(Role.ORG_OWNER, Role.GLOBAL_OWNER);
        List<Role> readOrg = List.of(
                Role.ORG_OWNER,
                Role.ORG_MEMBER,
                Role.ORG_READ_ONLY,
                Role.GLOBAL_OWNER,
                Role.GLOBAL_BACKUP_ADMIN,
                Role.GLOBAL_READ_ONLY);
        List<Role> global = List.of(Role.GLOBAL_OWNER);
        List<Role> backup =
                List.of(Role.GROUP_OWNER, Role.GROUP_BACKUP_ADMIN, Role.GLOBAL_OWNER, Role.GLOBAL_BACKUP_ADMIN);
        List<Role> readers = List.of(Role.values()).stream()
                .filter(role -> role.scope() != Role.Scope.ORG)
                .toList();
        String config = ours.path() + "/backupConfigs/" + ours.replicaSet.id();
        String onDemand = ours.path(ours.replicaSet) + "/snapshots/onDemandSnapshot";
        String key = "/" + server.member.id();
        String admin = WiredServer.API + "/admin/apiKeys";
        List<Cell> cells = List.of(
                new Cell("GET", ours.orgPath(), readOrg),
                new Cell("GET", ours.orgPath() + "/groups", readOrg),
                new Cell("GET", ours.orgPath() + "/apiKeys", readOrg),
                new Cell("GET", ours.orgPath() + "/apiKeys" + key, readOrg),
                new Cell("POST", ours.orgPath() + "/apiKeys", org),
                new Cell("PATCH", ours.orgPath() + "/apiKeys" + key, org),
                new Cell("DELETE", ours.orgPath() + "/apiKeys/x", org),
                new Cell("GET", ours.path() + "/backupConfigs", readers),
                new Cell("GET", config, readers),
                new Cell("PATCH", config, backup),
                new Cell("GET", config + "/snapshotSchedule", readers),
                new Cell("PATCH", config + "/snapshotSchedule", backup),
                new Cell("POST", onDemand, List.of(Role.GLOBAL_OWNER, Role.GLOBAL_BACKUP_ADMIN)),
                new Cell("GET", ours.path() + "/apiKeys", project),
                new Cell("GET", ours.path() + "/apiKeys" + key, project),
                new Cell("POST", ours.path() + "/apiKeys", project),
                new Cell("PATCH", ours.path() + "/apiKeys" + key, project),
                new Cell("DELETE", ours.path() + "/apiKeys/x", project),
                new Cell("PATCH", ours.path(), project),
                new Cell("DELETE", ours.path(), project),
                new Cell("GET", admin, global),
                new Cell("POST", admin, global),
                new Cell("GET", admin + "/" + server.globalOwner.id(), global),
                new Cell("PATCH", admin + "/" + server.globalOwner.id(), global),
                new Cell("DELETE", admin + "/x", global));
        SoftAssertions all = new SoftAssertions();
        for (Role role : Role.values()) {
            try (SignedClient client = server.client(key(role))) {
                for (Cell cell : cells) {
                    // an empty body is refused, but only after the role was found to be enough
                    WireAnswer answer = send(client, cell.method(), cell.path(), "{}");
                    all.assertThat(answer.status() != 401)
                            .as(role + " " + cell.method() + " " + cell.path() + ": " + answer.text())
                            .isEqualTo(cell.admitted().contains(role));
                    all.assertThat(answer.status()).isLessThan(500);
                }
            }
        }
        all.assertAll();
    }

    @Test
    void listsAreForTheKeyItselfAndForOwners() throws IOException {
        String own = ours.orgPath() + "/apiKeys/" + server.member.id() + "/accessList";
        String others = ours.orgPath() + "/apiKeys/" + server.orgOwner.id() + "/accessList";
        try (SignedClient member = server.client(server.member)) {
            assertThat(member.get(own).status()).isEqualTo(200);
            assertThat(member.get(others).json().get("errorCode").textValue())
                    .isEqualTo("API_KEY_ACCESS_LIST_ACCESS_DENIED");
        }
        try (SignedClient owner = server.client(server.orgOwner)) {
            assertThat(owner.get(own).status()).isEqualTo(200);
        }
    }

    @Test
    void useOfAnEntryIsCounted_onlyWhereTheListIsRequired() throws IOException {
        NewApiKey made = server.wiring
                .database()
                .write(tx -> server.wiring
                        .keys()
                        .create(
                                tx,
                                ours.group.orgId(),
                                "counted",
                                List.of(Grant.in(ours.group.id(), Role.GROUP_OWNER)),
                                WiredServer.START));
        String list = ours.orgPath() + "/apiKeys/" + made.id() + "/accessList";
        try (SignedClient client = server.client(made)) {
            assertThat(send(client, "POST", list, "[{\"cidrBlock\":\"127.0.0.0/8\"}]")
                            .status())
                    .isEqualTo(201);
            client.get(ours.path() + "/clusters");
            JsonNode unused = client.get(list + "/127.0.0.0%2F8").json();
            assertThat(unused.get("count").intValue()).isZero();
            assertThat(unused.has("lastUsed")).isFalse();
            assertThat(unused.has("lastUsedAddress")).isFalse();
            client.post(
                    ours.path(ours.replicaSet) + "/restoreJobs",
                    "{\"snapshotId\":\"" + ours.replicaSetSnapshot + "\"}");
            JsonNode used = client.get(list + "/127.0.0.0%2F8").json();
            assertThat(used.get("count").intValue()).isEqualTo(1);
            assertThat(used.get("lastUsed").textValue()).isEqualTo("2016-03-04T22:07:27Z");
            assertThat(used.get("lastUsedAddress").textValue()).isEqualTo("127.0.0.1");
            assertThat(send(client, "DELETE", list + "/127.0.0.0%2F8", "")
                            .json()
                            .get("errorCode")
                            .textValue())
                    .isEqualTo("CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST");
        }
    }

    @Test
    void newKeyWorks_untilItIsDeleted() throws IOException {
        try (SignedClient owner = server.client(server.owner);
                SignedClient orgOwner = server.client(server.orgOwner)) {
            JsonNode made = send(
                            owner, "POST", ours.path() + "/apiKeys", "{\"desc\":\"d\",\"roles\":[\"GROUP_READ_ONLY\"]}")
                    .json();
            NewApiKey key = new NewApiKey(
                    new KeyId(made.get("id").textValue()),
                    made.get("publicKey").textValue(),
                    made.get("privateKey").textValue());
            try (SignedClient client = server.client(key)) {
                assertThat(client.get(ours.path()).status()).isEqualTo(200);
                assertThat(send(orgOwner, "DELETE", ours.orgPath() + "/apiKeys/" + key.id(), "")
                                .status())
                        .isEqualTo(204);
                assertThat(client.get(ours.path()).status()).isEqualTo(401);
            }
        }
    }

    @Test
    void projectOfAnOrgOwner_isItsOwn_andGoesWhenItIsEmpty() throws IOException {
        try (SignedClient owner = server.client(server.orgOwner)) {
            String body = "{\"name\":\"Fleeting\",\"orgId\":\"" + ours.group.orgId() + "\"}";
            WireAnswer made = send(owner, "POST", WiredServer.API + "/groups", body);
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            String path = WiredServer.API + "/groups/" + made.json().get("id").textValue();
            assertThat(send(owner, "PATCH", path, "{\"name\":\"Lasting\"}")
                            .json()
                            .get("name")
                            .textValue())
                    .isEqualTo("Lasting");
            assertThat(owner.get(ours.orgPath() + "/groups")
                            .json()
                            .get("totalCount")
                            .intValue())
                    .isEqualTo(1);
            assertThat(send(owner, "DELETE", path, "").status()).isEqualTo(200);
            assertThat(owner.get(path).json().get("errorCode").textValue()).isEqualTo("NOT_IN_GROUP");
        }
        try (SignedClient owner = server.client(server.owner)) {
            assertThat(send(owner, "DELETE", ours.path(), "")
                            .json()
                            .get("errorCode")
                            .textValue())
                    .isEqualTo("CANNOT_CLOSE_ACCOUNT_ACTIVE_BACKUP");
        }
    }

    private static NewApiKey key(Role role) {
        Grant grant = switch (role.scope()) {
            case GROUP -> Grant.in(ours.group.id(), role);
            case ORG -> Grant.in(ours.group.orgId(), role);
            case GLOBAL -> Grant.global(role);
        };
        return server.wiring.keys().create(role.name(), List.of(grant), WiredServer.START);
    }

    private static WireAnswer send(SignedClient client, String method, String path, String json) throws IOException {
        boolean body = method.equals("POST") || method.equals("PATCH");
        return body
                ? client.send(
                        method, path, List.of("Content-Type: application/json"), json.getBytes(StandardCharsets.UTF_8))
                : client.send(method, path, List.of(), NOTHING);
    }
}
