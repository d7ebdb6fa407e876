package dev.holdfast.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Gate;
import dev.holdfast.server.http.HttpConfig;
import dev.holdfast.server.http.HttpServerRunner;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Router;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages over real HTTP: headers, types, what is not there. */
final class UiRoutesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T17:00:00Z"), ZoneOffset.UTC);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static HttpServerRunner server;

    @BeforeAll
    static void start() {
        Router router = new Router();
        new UiRoutes().addTo(router);
        server = new HttpServerRunner(
                HttpConfig.plain("127.0.0.1", 0), router, new NoKeys(), CLOCK, new ObjectIds(CLOCK, new Random(1)));
        server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theRoot_leadsToThePages() throws Exception {
        HttpResponse<byte[]> answer = get("/");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/ui/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui", "/ui/", "/ui/index.html", "/ui/?from=elsewhere"})
    void thePage_isTheIndex(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).startsWith("<!doctype html>").contains("<html lang=\"en\">");
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/index.html, text/html; charset=utf-8",
        "/ui/app.css, text/css; charset=utf-8",
        "/ui/main.js, text/javascript; charset=utf-8",
        "/ui/lib/dom.js, text/javascript; charset=utf-8",
        "/ui/icon.svg, image/svg+xml"
    })
    void eachFile_saysWhatItIs_andWhatItMayDo(String path, String type) throws Exception {
        HttpResponse<byte[]> answer = get(path);
        Map<String, String> expected = Map.of(
                "Content-Type",
                type,
                "Cache-Control",
                "no-cache",
                "Vary",
                "Accept-Encoding",
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "no-referrer",
                "X-Frame-Options",
                "DENY",
                "Cross-Origin-Opener-Policy",
                "same-origin",
                "Cross-Origin-Resource-Policy",
                "same-origin",
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        expected.forEach((name, value) ->
                assertThat(answer.headers().firstValue(name)).as(name).contains(value));
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
    }

    @Test
    void compressed_isTheSameText_underAnotherTag() throws Exception {
        HttpResponse<byte[]> plain = get("/ui/app.css");
        HttpResponse<byte[]> gzip = get("/ui/app.css", "Accept-Encoding", "gzip");
        assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(gzip.body()).hasSizeLessThan(plain.body().length / 2);
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
        assertThat(etag(gzip)).isNotEqualTo(etag(plain));
    }

    @Test
    void whatIsKnown_isNotSentAgain() throws Exception {
        String tag = etag(get("/ui/main.js"));
        String gzipTag = etag(get("/ui/main.js", "Accept-Encoding", "gzip"));
        for (String known : new String[] {tag, gzipTag, "W/" + tag, "\"other\", " + tag, "*"}) {
            HttpResponse<byte[]> answer = get("/ui/main.js", "If-None-Match", known);
            assertThat(answer.statusCode()).as(known).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(etag(answer)).isEqualTo(tag);
            assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        }
        assertThat(get("/ui/main.js", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void head_isTheHeadOfGet() throws Exception {
        HttpResponse<byte[]> get = get("/ui/app.css");
        HttpResponse<byte[]> head = send(request("/ui/app.css").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length")).contains(Integer.toString(get.body().length));
        assertThat(etag(head)).isEqualTo(etag(get));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/none.js",
                "/ui/pages/none.js",
                "/ui/pages",
                "/ui/package-info.class",
                "/ui/UiRoutes.class",
                "/ui/../ServerWiring.class",
                "/ui/lib/../../ServerWiring.class",
                "/ui/%2e%2e/ServerWiring.class",
                "/ui/..%2fServerWiring.class",
                "/ui/lib%2fdom.js",
                "/ui/lib/..%2fapp.css",
                "/ui//app.css",
                "/ui/APP.CSS",
                "/ui/app.css%00",
                "/ui/lib/dom.js/x"
            })
    void whatIsNotOnTheList_isNotThere(String path) throws Exception {
        // as it is: a client of Java's own would tidy the path up
        try (Socket socket = new Socket("127.0.0.1", URI.create(server.url()).getPort())) {
            String head = "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 404 ")
                    .doesNotContain("<html")
                    .doesNotContain("export function");
        }
    }

    @Test
    void onlyReading_isPossible() throws Exception {
        HttpResponse<byte[]> answer = send(request("/ui/main.js").POST(HttpRequest.BodyPublishers.ofString("x")));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String etag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    /** Nobody has a key, and the pages need none. */
    private static final class NoKeys implements Gate {
        @Override
        public Caller authenticate(String method, String target, String authorization, Instant now) {
            throw new Unauthenticated(false);
        }

        @Override
        public Caller authenticateAgent(String authorization) {
            throw new Unauthenticated(false);
        }

        @Override
        public void admit(Caller caller, Need need, GroupId group, boolean listed, InetAddress address, Instant now) {
            throw new AssertionError("nobody got that far");
        }

        @Override
        public String challenge(boolean stale, Instant now) {
            return "Digest realm=\"none\"";
        }
    }
}
