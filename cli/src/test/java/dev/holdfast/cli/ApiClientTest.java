package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ApiClientTest {
    private static final String CHALLENGE = "Digest realm=\"MMS Public API\", domain=\"\","
            + " nonce=\"I+xG4xb7bUgq8uMBCuAxZPI+VDDcJ9q1\", algorithm=MD5, qop=\"auth\", stale=false";
    private static final Credentials KEY = new Credentials("ewmaqvdo", "db2c132c-a78d-4c11-9d02-6a1f0c0ffee0");

    private final List<String> seen = new ArrayList<>();
    private final ApiClient client = new ApiClient(HttpClient.newHttpClient(), KEY);
    private HttpServer server;
    private int status = 200;
    private String answer = "{\"id\":\"a\"}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void response_isTheOneOfTheContractsVector() {
        String target = "/api/public/v1.0/groups/5196d3628d022db4cbc26d9e/hosts/4059580c20c4581872ef24d0b8f5dca0"
                + "/restoreJobs/54ccbe6e0cf2d19b280496b2?pretty=true";
        String header =
                KEY.answer(Challenge.parse(CHALLENGE).orElseThrow(), "GET", target, "00000001", "0a4f113b5c6d7e8f");
        assertThat(header).contains("response=\"0f10e8a11924dfecb7f2dea624d1fd2b\"");
    }

    @Test
    void get_answersTheChallenge_withThePathAndQueryAsSent() throws Exception {
        assertThat(client.get(url("/groups/a%20b?pretty=true")).path("id").asText())
                .isEqualTo("a");
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).startsWith("GET /groups/a%20b?pretty=true null");
        assertThat(seen.get(1)).contains("uri=\"/groups/a%20b?pretty=true\"").contains("username=\"ewmaqvdo\"");
    }

    @Test
    void post_sendsTheBodyAgain_afterTheChallenge() throws Exception {
        client.post(url("/restoreJobs"), ApiJson.mapper().createObjectNode().put("snapshotId", "s"));
        assertThat(seen.get(1)).startsWith("POST /restoreJobs Digest").endsWith("{\"snapshotId\":\"s\"}");
    }

    @Test
    void refusal_hasTheServersWordsAndCode() {
        status = 404;
        answer = "{\"detail\":\"no such job\",\"error\":404,\"errorCode\":\"RESTORE_JOB_NOT_FOUND\"}";
        assertThatThrownBy(() -> client.get(url("/x"))).isInstanceOfSatisfying(ApiRefusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(404);
            assertThat(refusal.errorCode()).isEqualTo("RESTORE_JOB_NOT_FOUND");
            assertThat(refusal).hasMessageContaining("no such job").hasMessageNotContaining("db2c132c");
        });
    }

    @Test
    void pageOfAProxy_isShownAsItIs() {
        status = 502;
        answer = "<html>Bad Gateway</html>";
        assertThatThrownBy(() -> client.get(url("/x"))).hasMessageContaining("502: <html>Bad Gateway</html>");
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + authorization + " " + body);
        byte[] bytes = (authorization == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
        if (authorization == null) {
            exchange.getResponseHeaders().set("WWW-Authenticate", CHALLENGE);
        }
        exchange.sendResponseHeaders(authorization == null ? 401 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
