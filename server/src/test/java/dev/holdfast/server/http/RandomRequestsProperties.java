package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ApiJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever comes over the socket, the answer is a success, an error document of a 4xx, or a closed connection. */
class RandomRequestsProperties {
    private static TestServer server;

    @BeforeContainer
    static void start() {
        server = new TestServer();
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    @Property(tries = 300)
    void randomTargetsAndHeadersAreNeverOurFault(
            @ForAll("methods") String method, @ForAll("targets") String target, @ForAll("headers") List<String> headers)
            throws Exception {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: h\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        assertAnswered(method, request.append("Connection: close\r\n\r\n").toString());
    }

    @Property(tries = 200)
    void randomBodiesAreNeverOurFault(@ForAll("bodies") byte[] body) throws Exception {
        String head = "POST " + TestServer.THINGS + " HTTP/1.1\r\nHost: h\r\nAuthorization: Test owner\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        assertAnswered("POST", head + new String(body, StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 100)
    void randomBytesAreNeverOurFault(@ForAll("bytes") byte[] bytes) throws Exception {
        // a last line, so that the server has no reason to wait
        assertAnswered("?", new String(bytes, StandardCharsets.ISO_8859_1) + "\r\n\r\nx x\r\n\r\n");
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO", "get");
    }

    @Provide
    Arbitrary<String> targets() {
        Arbitrary<String> segment = Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        Arbitraries.of(
                                "groups",
                                "things",
                                TestGate.GROUP.hex(),
                                "one",
                                "missing",
                                "..",
                                ".",
                                "%2e%2e",
                                "%00",
                                "")),
                Tuple.of(1, noise(8)));
        Arbitrary<String> start = Arbitraries.of("", "/", "/api/public/v1.0/", TestServer.THINGS + "/", "/healthz");
        Arbitrary<String> query = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of("", "?", "?pretty=true", "?envelope=true&itemsPerPage=0")),
                Tuple.of(1, noise(20).map(text -> "?pageNum=" + text)));
        return Combinators.combine(start, segment.list().ofMaxSize(4), query)
                .as((begin, segments, end) -> begin + String.join("/", segments) + end);
    }

    @Provide
    Arbitrary<List<String>> headers() {
        Arbitrary<String> name = Arbitraries.of(
                "Authorization",
                "Accept",
                "Accept-Encoding",
                "Content-Type",
                "Host",
                "Expect",
                "X-Forwarded-For",
                "X",
                "Upgrade",
                "Range",
                "If-Match");
        Arbitrary<String> value = Arbitraries.frequencyOf(
                Tuple.of(
                        2,
                        Arbitraries.of(
                                "Test owner",
                                "Test reader",
                                "Digest username=\"",
                                "gzip",
                                "*/*",
                                "gzip;q=",
                                "application/json")),
                Tuple.of(1, noise(30)));
        return Combinators.combine(name, value)
                .as((left, right) -> left + ": " + right)
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<String> token = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"size\"",
                "1",
                "1e999",
                "-0",
                "\"\\ud800\"",
                "\"x\"",
                "null",
                "\u0000",
                "\u00ff",
                " ",
                "\\",
                "\"");
        return token.list()
                .ofMaxSize(12)
                .map(tokens -> ("{\"size\":" + String.join("", tokens)).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    }

    // any byte but those that end a word or a line
    private static Arbitrary<String> noise(int length) {
        return Arbitraries.chars()
                .range((char) 1, (char) 255)
                .filter(c -> c != '\r' && c != '\n' && c != ' ')
                .array(char[].class)
                .ofMaxSize(length)
                .map(String::new);
    }

    private static void assertAnswered(String method, String request) throws Exception {
        try (RawClient raw = server.raw()) {
            RawClient.Response response = raw.send(request).read(!method.equals("HEAD"));
            if (response == null) {
                return;
            }
            assertThat(response.status()).as(response.body()).isBetween(200, 499);
            if (response.status() >= 400 && !method.equals("HEAD")) {
                JsonNode document = ApiJson.mapper().readTree(response.body());
                JsonNode error = document.has("content") ? document.get("content") : document;
                assertThat(error.get("error").intValue()).isEqualTo(response.status());
                assertThat(error.get("detail").textValue()).isNotEmpty();
                assertThat(error.get("reason").textValue()).isNotEmpty();
            }
        }
    }
}
