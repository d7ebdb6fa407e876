package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.server.access.AddressBlock;
import dev.holdfast.server.access.Grant;
import dev.holdfast.server.access.NewApiKey;
import dev.holdfast.server.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser's conversation with the wired server: signing in, what the cookie is good for, and what it is not. */
class ApiSessionsTest {
    private static final String SESSIONS = "/api/holdfast/v1/sessions";
    private static final String CURRENT = SESSIONS + "/current";
    private static final String OF_PAGE = "X-Holdfast-Session: 1";
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");
    private static final byte[] NOTHING = {};

    @TempDir
    static Path directory;

    private static WiredServer server;
    private static String origin;

    private NewApiKey key;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
        origin = "http://127.0.0.1:" + server.port;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void makeKey() {
        key = server.wiring
                .keys()
                .create(
                        "for the pages",
                        List.of(Grant.in(server.ours.group.id(), Role.GROUP_OWNER)),
                        WiredServer.START);
    }

    @Test
    void signingIn_asAPageDoes() throws IOException {
        try (SignedClient client = server.client(key)) {
            WireAnswer challenged = client.anonymous("POST", SESSIONS, List.of(OF_PAGE), NOTHING);
            assertThat(challenged.status()).isEqualTo(401);
            assertThat(challenged.header("WWW-Authenticate")).isEqualTo("Holdfast-Session");
            assertThat(challenged.errorCode()).isEqualTo("NO_CURRENT_USER");
            Matcher nonce = NONCE.matcher(challenged.header("X-Holdfast-Challenge"));
            assertThat(nonce.find()).isTrue();
            String signature = client.sign("POST", SESSIONS, nonce.group(1), "00000001");
            List<String> headers = List.of(OF_PAGE, "Origin: " + origin, "Authorization: " + signature);
            WireAnswer opened = client.anonymous("POST", SESSIONS, headers, NOTHING);
            assertThat(opened.status()).as(opened.text()).isEqualTo(201);
            assertThat(opened.header("Set-Cookie"))
                    .matches("holdfast-session=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=/api; HttpOnly; SameSite=Strict");
            assertThat(opened.header("Cache-Control")).isEqualTo("no-store");
            assertThat(opened.header("Location")).isEqualTo(origin + CURRENT);
            JsonNode document = opened.json();
            assertThat(document.at("/user/username").textValue()).isEqualTo(key.publicKey());
            assertThat(document.at("/user/id").textValue()).isEqualTo(key.id().hex());
            assertThat(document.at("/roles/0/groupId").textValue())
                    .isEqualTo(server.ours.group.id().hex());
            assertThat(document.at("/roles/0/roleName").textValue()).isEqualTo("GROUP_OWNER");
            assertThat(document.at("/expires").textValue()).isEqualTo("2016-03-05T10:07:27Z");
            WireAnswer wrong =
                    client.anonymous("POST", SESSIONS, List.of(OF_PAGE, "Authorization: " + signature + "x"), NOTHING);
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Holdfast-Session");
            assertThat(wrong.header("X-Holdfast-Challenge")).endsWith("stale=false");
        }
    }

    @Test
    void pageMayDoWhatItsKeyMay_andNoMore() throws IOException {
        String cookie = signIn();
        WireAnswer read = ask("GET", server.ours.path() + "/clusters", cookie, OF_PAGE);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("Cache-Control")).isEqualTo("no-store");
        String jobs = server.ours.path(server.ours.replicaSet) + "/restoreJobs";
        assertThat(post(jobs, "{\"snapshotId\":\"" + server.ours.replicaSetSnapshot + "\"}", cookie, OF_PAGE)
                        .status())
                .isEqualTo(200);
        WireAnswer foreign = ask("GET", server.theirs.path(), cookie, OF_PAGE);
        assertThat(foreign.errorCode()).isEqualTo("NOT_IN_GROUP");
        assertThat(foreign.header("WWW-Authenticate")).isEqualTo("Holdfast-Session");
        assertThat(ask("GET", "/api/holdfast/v1/encryption", cookie, OF_PAGE).errorCode())
                .isEqualTo("USER_UNAUTHORIZED");
        assertThat(ask("GET", WiredServer.API + "/nowhere", cookie, OF_PAGE).status())
                .isEqualTo(404);
        assertThat(ask("POST", server.ours.path() + "/nowhere", cookie, OF_PAGE).status())
                .isEqualTo(404);
    }

    @Test
    void cookieAlone_provesNothing() throws IOException {
        String cookie = signIn();
        WireAnswer answer = ask("GET", server.ours.path(), cookie);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Digest realm=\"MMS Public API\"");
        for (String header : List.of(
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: none",
                "Referer: " + origin,
                "Origin: " + origin)) {
            assertThat(ask("GET", server.ours.path(), cookie, header).status())
                    .as(header)
                    .isEqualTo(401);
        }
    }

    @Test
    void formOfAnotherSite_changesNothing() throws IOException {
        String cookie = signIn();
        String jobs = server.ours.path(server.ours.replicaSet) + "/restoreJobs";
        String body = "{\"snapshotId\":\"" + server.ours.replicaSetSnapshot + "\"}";
        long before = server.rows("restore_job");
        for (List<String> headers : List.of(
                List.of(cookie),
                List.of(cookie, "Sec-Fetch-Site: same-origin"),
                List.of(cookie, OF_PAGE, "Origin: https://evil.example"),
                List.of(cookie, OF_PAGE, "Origin: null"),
                List.of(cookie, OF_PAGE, "Origin: https://127.0.0.1:" + server.port),
                List.of(cookie, OF_PAGE, "Origin: " + origin + "1"),
                List.of(cookie, OF_PAGE, "Origin: " + origin, "Origin: https://evil.example"))) {
            assertThat(post(jobs, body, headers.toArray(String[]::new)).status())
                    .as(headers.toString())
                    .isEqualTo(401);
        }
        assertThat(server.rows("restore_job")).isEqualTo(before);
        assertThat(post(jobs, body, cookie, OF_PAGE, "Origin: " + origin.toUpperCase(java.util.Locale.ROOT))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void eventSource_isLetIn_byTheBrowsersWord() throws IOException {
        String cookie = signIn();
        assertThat(ask("GET", server.ours.path(), cookie, "Sec-Fetch-Site: same-origin")
                        .status())
                .isEqualTo(200);
        assertThat(ask("GET", server.ours.path(), cookie, "Sec-Fetch-Site: same-origin", "Origin: https://evil.example")
                        .status())
                .isEqualTo(401);
        ask("DELETE", CURRENT, cookie, OF_PAGE);
        WireAnswer ended = ask("GET", server.ours.path(), cookie, "Sec-Fetch-Site: same-origin");
        assertThat(ended.status()).isEqualTo(401);
        assertThat(ended.header("WWW-Authenticate"))
                .as("no window of the browser")
                .isEqualTo("Holdfast-Session");
    }

    @Test
    void twoCookies_areNone() throws IOException {
        String cookie = signIn();
        String two = cookie + "; holdfast-session=" + "A".repeat(43);
        assertThat(ask("GET", server.ours.path(), two, OF_PAGE).status()).isEqualTo(401);
        assertThat(ask("GET", server.ours.path(), cookie, cookie, OF_PAGE).status())
                .isEqualTo(401);
        String among = cookie.replace("Cookie: ", "Cookie: a=b; x-holdfast-session=c;") + ";d=e";
        assertThat(ask("GET", server.ours.path(), among, OF_PAGE).status()).isEqualTo(200);
    }

    @Test
    void signature_goesBeforeTheCookie() throws IOException {
        String cookie = signIn();
        try (SignedClient foreign = server.client(server.foreignKey)) {
            WireAnswer answer = foreign.get(server.ours.path(), cookie, OF_PAGE);
            assertThat(answer.errorCode()).isEqualTo("NOT_IN_GROUP");
            assertThat(foreign.get(server.theirs.path(), cookie, OF_PAGE).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void cookieIsNoAgent_andOpensNoOtherSession() throws IOException {
        String cookie = signIn();
        String begin = "/agent/v1/groups/" + server.ours.group.id() + "/snapshots";
        assertThat(post(begin, "{}", cookie, OF_PAGE).header("WWW-Authenticate"))
                .startsWith("Bearer");
        WireAnswer again = ask("POST", SESSIONS, cookie, OF_PAGE);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.header("X-Holdfast-Challenge")).startsWith("Digest ");
        assertThat(again.header("Set-Cookie")).isNull();
    }

    @Test
    void current_isTheSession_andOfASignatureNothing() throws IOException {
        String cookie = signIn();
        JsonNode current = ask("GET", CURRENT, cookie, OF_PAGE).json();
        assertThat(current.at("/user/desc").textValue()).isEqualTo("for the pages");
        server.wiring.keys().setGrants(key.id(), List.of(Grant.global(Role.GLOBAL_READ_ONLY)));
        JsonNode changed = ask("GET", CURRENT, cookie, OF_PAGE).json();
        assertThat(changed.at("/roles/0/roleName").textValue()).isEqualTo("GLOBAL_READ_ONLY");
        assertThat(changed.at("/roles/0").has("groupId")).isFalse();
        try (SignedClient client = server.client(key)) {
            assertThat(client.get(CURRENT).errorCode()).isEqualTo("RESOURCE_NOT_FOUND");
            assertThat(client.send("DELETE", CURRENT, List.of(), NOTHING).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void signingOut_endsTheSession_andForgetsTheCookie() throws IOException {
        String cookie = signIn();
        WireAnswer out = ask("DELETE", CURRENT, cookie, OF_PAGE);
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie")).startsWith("holdfast-session=; Max-Age=0; Path=/api;");
        WireAnswer after = ask("GET", server.ours.path(), cookie, OF_PAGE);
        assertThat(after.status()).isEqualTo(401);
        assertThat(after.errorCode()).isEqualTo("NO_CURRENT_USER");
    }

    @Test
    void deletedKey_takesItsSessionsAlong() throws IOException {
        String cookie = signIn();
        server.wiring.keys().delete(key.id());
        assertThat(ask("GET", server.ours.path(), cookie, OF_PAGE).status()).isEqualTo(401);
    }

    @Test
    void accessList_isAskedWhenSigningIn_andAfterwards() throws IOException {
        String cookie = signIn();
        server.wiring.keys().allow(key.id(), AddressBlock.parse("192.0.2.0/24"), WiredServer.START);
        assertThat(ask("GET", server.ours.path(), cookie, OF_PAGE).status()).isEqualTo(401);
        try (SignedClient client = server.client(key)) {
            WireAnswer refused = client.send("POST", SESSIONS, List.of(), NOTHING);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.errorCode()).isEqualTo("IP_ADDRESS_NOT_ON_ACCESS_LIST");
        }
    }

    @Test
    void comingAndGoing_isInTheAuditTrail_withoutTheToken() throws IOException {
        String cookie = signIn();
        ask("DELETE", CURRENT, cookie, OF_PAGE);
        try (SignedClient owner = server.client(server.globalOwner)) {
            String trail = owner.get("/api/holdfast/v1/audit?itemsPerPage=500").text();
            assertThat(trail).contains("session opened", "session ended", "signed out");
            assertThat(trail).doesNotContain(token(cookie));
        }
    }

    @Test
    void sessionThatIsLeft_ends_andIsNoFailedSignIn() throws IOException {
        String cookie = signIn();
        server.clock.advance(Duration.ofMinutes(31));
        try {
            assertThat(ask("GET", server.ours.path(), cookie, OF_PAGE).status()).isEqualTo(401);
            assertThat(server.rows("access_session WHERE key_id = '" + key.id() + "'"))
                    .isZero();
        } finally {
            server.clock.advance(Duration.ofMinutes(-31));
        }
    }

    private String signIn() throws IOException {
        try (SignedClient client = server.client(key)) {
            WireAnswer opened = client.send("POST", SESSIONS, List.of(OF_PAGE), NOTHING);
            assertThat(opened.status()).as(opened.text()).isEqualTo(201);
            return "Cookie: " + opened.header("Set-Cookie").replaceFirst(";.*", "");
        }
    }

    private static String token(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    private static WireAnswer ask(String method, String target, String... headers) throws IOException {
        try (WireClient wire = new WireClient(server.port)) {
            return wire.send(method, target, List.of(headers), NOTHING);
        }
    }

    private static WireAnswer post(String target, String json, String... headers) throws IOException {
        try (WireClient wire = new WireClient(server.port)) {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add("Content-Type: application/json");
            return wire.send("POST", target, all, json.getBytes(StandardCharsets.UTF_8));
        }
    }
}
