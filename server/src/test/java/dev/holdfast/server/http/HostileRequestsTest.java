package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileRequestsTest {
    private static final String THINGS = TestServer.THINGS;
    private static final String OWNER = "Host: h\r\nAuthorization: Test owner\r\n";

    private static TestServer server;

    @BeforeAll
    static void start() {
        HttpConfig plain = HttpConfig.plain("127.0.0.1", 0);
        HttpConfig.Limits limits = new HttpConfig.Limits(
                16 << 10,
                4 << 10,
                64 << 10,
                Duration.ofMillis(750),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                20);
        server = new TestServer(
                new HttpConfig(plain.host(), 0, null, plain.trustedProxies(), null, plain.version(), 4, 64, limits));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tenThousandHeadersAreTooMany() throws Exception {
        StringBuilder request = new StringBuilder("GET /healthz HTTP/1.1\r\n");
        for (int i = 0; i < 10_000; i++) {
            request.append("X-").append(i).append(": y\r\n");
        }
        assertRefused(request.append("\r\n").toString(), 431);
    }

    @Test
    void longRequestLineIsTooLong() throws Exception {
        assertRefused("GET /" + "x".repeat(8_000) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nBad Name: x\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nX: a\u0000b\r\n\r\n",
                "GET /healthz HTTP/1.1\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n",
                "GET /healthz HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            })
    void whatIsNoRequestIsAnsweredAsOne(String request) throws Exception {
        assertRefused(request, 400);
    }

    @Test
    void hundredMegabytesAreRefusedBeforeTheyAreSent() throws Exception {
        try (RawClient raw = server.raw()) {
            RawClient.Response response = raw.send("POST " + THINGS + " HTTP/1.1\r\n" + OWNER
                            + "Content-Type: application/json\r\nContent-Length: 104857600\r\n\r\n{")
                    .read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(response.body()).contains("\"error\":413");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void clientThatSendsAllTheSameSeesTheRefusalOfItsHundredMegabytes() throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("POST " + THINGS + " HTTP/1.1\r\n" + OWNER
                    + "Content-Type: application/json\r\nContent-Length: 104857600\r\n\r\n");
            raw.send(new byte[48 << 10]);
            assertThat(raw.read().status()).isEqualTo(413);
        }
    }

    @Test
    void chunkedBodyIsCountedAsItComes() throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("POST " + THINGS + " HTTP/1.1\r\n" + OWNER
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
            for (int i = 0; i < 5; i++) {
                raw.send(chunk);
            }
            assertThat(raw.read().status()).isEqualTo(413);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}garbage\r\n0\r\n\r\n",
                "-1\r\n{}\r\n0\r\n\r\n",
                "ffffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
            })
    void chunksThatAreNoneEndTheConnection(String chunks) throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("POST " + THINGS + " HTTP/1.1\r\n" + OWNER
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            RawClient.Response response = raw.read();
            if (response != null) {
                assertThat(response.status()).isEqualTo(400);
            }
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void challengeComesBeforeTheBodyAndTheConnectionStaysUsable() throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("POST " + THINGS + " HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n");
            assertThat(raw.read().status()).isEqualTo(401);
            raw.send("x".repeat(20_000));
            assertThat(raw.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void unwantedBodyOfAnUnknownSenderIsNotReadForEver() throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("POST " + THINGS + " HTTP/1.1\r\nHost: h\r\nContent-Length: 104857600\r\n\r\n");
            RawClient.Response response = raw.read();
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).isEqualTo(TestGate.CHALLENGE);
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void continueIsSaidOnlyToTheAuthenticated() throws Exception {
        String head = "POST " + THINGS + " HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10\r\n"
                + "Content-Type: application/json\r\n";
        try (RawClient raw = server.raw()) {
            RawClient.Response refused = raw.send(head + "\r\n").read();
            assertThat(refused.status()).isEqualTo(401);
            // whether the body still comes nobody knows, so the next request needs a new connection
            assertThat(refused.header("Connection")).isEqualTo("close");
        }
        try (RawClient raw = server.raw()) {
            assertThat(raw.send(head + "Authorization: Test owner\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(100);
            assertThat(raw.send("{\"size\":1}").read().status()).isEqualTo(201);
        }
    }

    @Test
    void bodyOfAGetIsReadAndForgotten() throws Exception {
        try (RawClient raw = server.raw()) {
            String get = "GET " + THINGS + " HTTP/1.1\r\n" + OWNER;
            assertThat(raw.send(get + "Content-Length: 3\r\n\r\nabc").read().status())
                    .isEqualTo(200);
            assertThat(raw.send(get + "\r\n").read().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "Expect: something-else\r\n",
            })
    void offersThatWeDoNotTakeAreIgnored(String headers) throws Exception {
        try (RawClient raw = server.raw()) {
            assertThat(raw.send("GET " + THINGS + " HTTP/1.1\r\n" + OWNER + headers + "\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("GET " + THINGS + "/1 HTTP/1.1\r\n" + OWNER + "\r\nGET " + THINGS + "/2 HTTP/1.1\r\n" + OWNER
                    + "\r\n");
            assertThat(raw.read().body()).contains("\"name\":\"1\"");
            assertThat(raw.read().body()).contains("\"name\":\"2\"");
        }
    }

    @Test
    void absoluteTargetIsUnderstood() throws Exception {
        try (RawClient raw = server.raw()) {
            assertThat(raw.send("GET http://h" + THINGS + "/1?x HTTP/1.1\r\n" + OWNER + "\r\n")
                            .read()
                            .body())
                    .contains("\"name\":\"1\"");
        }
    }

    @Test
    void oldProtocolIsSpoken() throws Exception {
        try (RawClient raw = server.raw()) {
            assertThat(raw.send("GET /healthz HTTP/1.0\r\n\r\n").read().status())
                    .isEqualTo(200);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void slowHeadEndsTheConnection() throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("GET /healthz HT");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void slowBodyIsAnsweredWithATimeout() throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("POST " + THINGS + " HTTP/1.1\r\n" + OWNER
                    + "Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{");
            RawClient.Response response = raw.read();
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.body()).contains("\"error\":408");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void bodyThatNeverComesAfterTheChallengeEndsTheConnection() throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("POST " + THINGS + " HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n");
            assertThat(raw.read().status()).isEqualTo(401);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    private static void assertRefused(String request, int status) throws Exception {
        try (RawClient raw = server.raw()) {
            RawClient.Response response = raw.send(request).read();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("Content-Type")).isEqualTo("application/json");
            assertThat(response.body()).startsWith("{\"detail\":\"").contains("\"error\":" + status);
            assertThat(raw.isClosed()).isTrue();
        }
    }
}
