package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.server.access.Grant;
import dev.holdfast.server.access.NewApiKey;
import dev.holdfast.server.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of all global keys, the list of a personal key, the caller's key in the root document, hosts that must stay. */
class ApiListsTest {
    private static final String GLOBAL = WiredServer.API + "/admin/accessList";
    private static final String LOOPBACK = "{\"cidrBlock\":\"127.0.0.1\",\"description\":\"here\"}";

    @TempDir
    Path directory;

    private WiredServer server;
    private SignedClient global;

    @BeforeEach
    void start() throws IOException {
        server = new WiredServer(directory);
        global = server.client(server.globalOwner);
    }

    @AfterEach
    void stop() throws IOException {
        global.close();
        server.close();
    }

    @Test
    void entryOfTheGlobalList_isMadeShownChangedAndDeleted_underBothNames() throws IOException {
        WireAnswer made = send(global, "POST", GLOBAL, LOOPBACK);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().get("id").textValue();
        assertThat(made.header("Location")).isEqualTo(server.wiring.baseUrl() + GLOBAL + "/" + id);
        assertThat(made.json().get("cidrBlock").textValue()).isEqualTo("127.0.0.1/32");
        assertThat(made.json().get("type").textValue()).isEqualTo("GLOBAL_ROLE");
        String old = WiredServer.API + "/admin/whitelist/" + id;
        assertThat(global.get(old).json().get("description").textValue()).isEqualTo("here");
        WireAnswer changed = send(global, "PATCH", old, "{\"description\":\"there\"}");
        assertThat(changed.json().get("description").textValue()).isEqualTo("there");
        assertThat(global.get(GLOBAL).json().get("totalCount").intValue()).isEqualTo(1);
        assertThat(send(global, "DELETE", GLOBAL + "/" + id, "").status()).isEqualTo(204);
        assertThat(global.get(GLOBAL + "/" + id).errorCode()).isEqualTo("API_KEY_ACCESS_LIST_NOT_FOUND");
        assertThat(global.get(old).errorCode()).isEqualTo("API_KEY_WHITELIST_NOT_FOUND");
    }

    @Test
    void globalList_refusesByTheDocumentedCodes() throws IOException {
        send(global, "POST", GLOBAL, LOOPBACK);
        assertThat(send(global, "POST", GLOBAL, LOOPBACK).errorCode()).isEqualTo("ADDRESS_ALREADY_IN_ACCESS_LIST");
        assertThat(send(global, "POST", GLOBAL, "{\"cidrBlock\":\"x\",\"description\":\"d\"}")
                        .errorCode())
                .isEqualTo("INVALID_ATTRIBUTE");
        assertThat(send(global, "POST", GLOBAL, "{\"cidrBlock\":\"10.0.0.0/8\"}")
                        .errorCode())
                .isEqualTo("MISSING_ATTRIBUTE");
        assertThat(send(global, "POST", GLOBAL, "{\"type\":\"GLOBAL_ROLE\"}").errorCode())
                .isEqualTo("ATTRIBUTE_READ_ONLY");
    }

    @Test
    void globalList_letsGlobalKeysInFromItsAddressesOnly_andNobodyShutsHimselfOut() throws IOException {
        assertThat(send(global, "POST", GLOBAL, "{\"cidrBlock\":\"192.0.2.0/24\",\"description\":\"d\"}")
                        .errorCode())
                .isEqualTo("CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST");
        String here = send(global, "POST", GLOBAL, LOOPBACK).json().get("id").textValue();
        assertThat(send(global, "POST", GLOBAL, "{\"cidrBlock\":\"192.0.2.0/24\",\"description\":\"d\"}")
                        .status())
                .isEqualTo(201);
        assertThat(send(global, "DELETE", GLOBAL + "/" + here, "").errorCode())
                .isEqualTo("CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST");
        assertThat(send(global, "PATCH", GLOBAL + "/" + here, "{\"cidrBlock\":\"192.0.2.7\"}")
                        .errorCode())
                .isEqualTo("CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST");
        NewApiKey other =
                server.wiring.keys().create("another", List.of(Grant.global(Role.GLOBAL_OWNER)), WiredServer.START);
        String job = server.ours.path(server.ours.replicaSet) + "/restoreJobs";
        String body = "{\"snapshotId\":\"" + server.ours.replicaSetSnapshot + "\"}";
        try (SignedClient client = server.client(other)) {
            assertThat(client.post(job, body).status()).isEqualTo(200);
            server.wiring.database().change(tx -> tx.execute("DELETE FROM access_global_entry WHERE id = ?", here));
        }
        // what another node has changed is obeyed when the key is read again
        server.clock.advance(java.time.Duration.ofSeconds(3));
        try (SignedClient client = server.client(other)) {
            WireAnswer refused = client.post(job, body);
            assertThat(refused.errorCode()).isEqualTo("IP_ADDRESS_NOT_ON_ACCESS_LIST");
            assertThat(refused.parameters()).containsExactly("127.0.0.1");
        }
    }

    @Test
    void personalList_takesWhatIsThereAlready_andIsTheKeysOwn() throws IOException {
        String list = WiredServer.API + "/users/" + server.owner.id() + "/whitelist";
        String two = "[{\"ipAddress\":\"127.0.0.1\"},{\"ipAddress\":\"127.0.0.1\"},{\"cidrBlock\":\"10.0.0.0/8\"}]";
        try (SignedClient owner = server.client(server.owner);
                SignedClient reader = server.client(server.reader)) {
            assertThat(send(owner, "POST", list, two).json().get("totalCount").intValue())
                    .isEqualTo(2);
            assertThat(send(owner, "POST", list, two).status()).isEqualTo(201);
            JsonNode entry = owner.get(list + "/10.0.0.0%2F8").json();
            assertThat(entry.get("cidrBlock").textValue()).isEqualTo("10.0.0.0/8");
            WireAnswer missing = owner.get(list + "/10.9.9.9");
            assertThat(missing.errorCode()).isEqualTo("WHITELIST_NOT_FOUND");
            assertThat(missing.parameters())
                    .containsExactly("10.9.9.9", server.owner.id().hex());
            assertThat(send(owner, "DELETE", list + "/127.0.0.1", "").errorCode())
                    .isEqualTo("CANNOT_REMOVE_CALLER_FROM_WHITELIST");
            assertThat(send(owner, "DELETE", list + "/10.0.0.0%2F8", "").status())
                    .isEqualTo(204);
            WireAnswer denied = reader.get(list);
            assertThat(denied.errorCode()).isEqualTo("WHITELIST_ACCESS_DENIED");
            assertThat(denied.status()).isEqualTo(401);
            assertThat(reader.get(list.replace("whitelist", "accessList")).errorCode())
                    .isEqualTo("ACCESS_LIST_ACCESS_DENIED");
        }
    }

    @Test
    void root_showsTheKeyThatAsked_maskedAndWithItsRoles() throws IOException {
        try (SignedClient member = server.client(server.member)) {
            JsonNode key = member.get(WiredServer.API).json().get("apiKey");
            assertThat(key.get("publicKey").textValue()).isEqualTo(server.member.publicKey());
            assertThat(key.get("privateKey").textValue()).startsWith("********-****-****-");
            assertThat(key.at("/roles/0/roleName").textValue()).isEqualTo("GROUP_READ_ONLY");
            String self = key.at("/links/0/href").textValue();
            assertThat(member.get(self.substring(server.wiring.baseUrl().length()))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void hostThatSnapshotsWereReadFrom_stays() throws IOException {
        WiredProject ours = server.ours;
        try (SignedClient owner = server.client(server.owner)) {
            WireAnswer refused = send(owner, "DELETE", ours.path(ours.mirrors.get(0)), "");
            assertThat(refused.errorCode()).isEqualTo("CANNOT_MODIFY_MANAGED_HOST");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(send(owner, "DELETE", ours.path(ours.mirrors.get(2)), "").status())
                    .isEqualTo(200);
            assertThat(owner.get(ours.path(ours.mirrors.get(2))).errorCode()).isEqualTo("HOST_NOT_FOUND");
        }
    }

    private static WireAnswer send(SignedClient client, String method, String path, String json) throws IOException {
        return json.isEmpty()
                ? client.send(method, path, List.of(), new byte[0])
                : client.send(
                        method, path, List.of("Content-Type: application/json"), json.getBytes(StandardCharsets.UTF_8));
    }
}
