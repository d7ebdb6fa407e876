package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the cookie of a page counts, and what whoever brings it is told. */
class PageSessionsTest {
    private static final String COOKIE = "holdfast-session=owner";

    @Test
    void cookieCounts_withOurHeader_whateverTheMethod() throws Exception {
        try (TestServer server = new TestServer()) {
            assertThat(send(server, "GET", "Cookie", COOKIE, "X-Holdfast-Session", "1")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(server, "DELETE", "Cookie", COOKIE, "X-Holdfast-Session", "0")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(send(server, "GET", "Cookie", COOKIE, "Sec-Fetch-Site", "same-origin")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.gate.sessions)
                    .containsExactly(
                            "owner attended from 127.0.0.1",
                            "owner alone from 127.0.0.1",
                            "owner alone from 127.0.0.1");
            assertThat(server.gate.asked).hasValue(0);
        }
    }

    @Test
    void withoutOurHeader_noSessionIsAskedFor() throws Exception {
        try (TestServer server = new TestServer()) {
            for (List<String> headers : List.of(
                    List.of("Cookie", COOKIE),
                    List.of("Cookie", COOKIE, "Sec-Fetch-Site", "same-site"),
                    List.of("Cookie", COOKIE, "X-Holdfast-Session", "1", "Origin", "https://evil.example"),
                    List.of("Cookie", COOKIE, "X-Holdfast-Session", "1", "Origin", "null"),
                    List.of("Cookie", "a=b", "X-Holdfast-Session", "1"),
                    List.of("Cookie", "holdfast-session=", "X-Holdfast-Session", "1"),
                    List.of("Cookie", COOKIE + ";" + COOKIE, "X-Holdfast-Session", "1"))) {
                assertThat(send(server, "GET", headers.toArray(String[]::new)).statusCode())
                        .as(headers.toString())
                        .isEqualTo(401);
            }
            assertThat(send(server, "DELETE", "Cookie", COOKIE, "Sec-Fetch-Site", "same-origin")
                            .statusCode())
                    .as("a form of our own would do that")
                    .isEqualTo(401);
            assertThat(server.gate.sessions).isEmpty();
        }
    }

    @Test
    void signedRequest_paysNothingForItsCookie() throws Exception {
        try (TestServer server = new TestServer()) {
            assertThat(send(server, "GET", "Authorization", "Test owner", "Cookie", COOKIE, "X-Holdfast-Session", "1")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.gate.sessions).isEmpty();
            assertThat(server.gate.asked).hasValue(1);
        }
    }

    @Test
    void pageIsNotMadeToAskForAPassword_andKeepsNothing() throws Exception {
        try (TestServer server = new TestServer()) {
            HttpResponse<String> unknown =
                    send(server, "GET", "Cookie", "holdfast-session=x", "X-Holdfast-Session", "1");
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(unknown.headers().allValues("WWW-Authenticate")).containsExactly("Holdfast-Session");
            assertThat(unknown.headers().allValues("X-Holdfast-Challenge")).containsExactly(TestGate.CHALLENGE);
            HttpResponse<String> nothing = send(server, "GET", "X-Holdfast-Session", "1");
            assertThat(nothing.headers().allValues("WWW-Authenticate")).containsExactly("Holdfast-Session");
            HttpResponse<String> program = send(server, "GET");
            assertThat(program.headers().allValues("WWW-Authenticate")).containsExactly(TestGate.CHALLENGE);
            assertThat(program.headers().allValues("X-Holdfast-Challenge")).isEmpty();
            HttpResponse<String> shown = send(server, "GET", "Cookie", COOKIE, "X-Holdfast-Session", "1");
            assertThat(shown.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(send(server, "GET", "Authorization", "Test owner")
                            .headers()
                            .allValues("Cache-Control"))
                    .isEmpty();
        }
    }

    @Test
    void origin_mayBeThePublicUrl_orTheAddressThatWasAsked() throws Exception {
        HttpConfig config = HttpConfig.plain("127.0.0.1", 0).reachedAt("https://Backup.example.net:443");
        try (TestServer server = new TestServer(config)) {
            String asked = "http://127.0.0.1:" + server.runner.port();
            for (String origin : List.of("https://backup.example.net", asked)) {
                assertThat(send(server, "GET", "Cookie", COOKIE, "X-Holdfast-Session", "1", "Origin", origin)
                                .statusCode())
                        .as(origin)
                        .isEqualTo(200);
            }
            for (String origin : List.of(
                    "http://backup.example.net",
                    "https://backup.example.net:8443",
                    "https://backup.example.net.evil.example",
                    "https://evil.example/?https://backup.example.net")) {
                assertThat(send(server, "GET", "Cookie", COOKIE, "X-Holdfast-Session", "1", "Origin", origin)
                                .statusCode())
                        .as(origin)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void cookieTravelsOverTlsOnly_whenItMay() {
        assertThat(SessionCookie.keeping("t", Duration.ofHours(1), true))
                .isEqualTo("holdfast-session=t; Max-Age=3600; Path=/api; HttpOnly; SameSite=Strict; Secure");
        assertThat(SessionCookie.keeping("t", Duration.ofHours(1), false)).doesNotContain("Secure");
        assertThat(SessionCookie.forgetting(true)).startsWith("holdfast-session=; Max-Age=0;");
    }

    private static HttpResponse<String> send(TestServer server, String method, String... headers)
            throws IOException, InterruptedException {
        String path = method.equals("GET") ? TestServer.API : TestServer.THINGS + "/x";
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.runner.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
