package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {
    private static final String STREAMS = TestServer.API + "/groups/" + TestGate.GROUP + "/streams/";
    private static final String OWNER = "Host: h\r\nAuthorization: Test owner\r\n";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(HttpConfig.plain("127.0.0.1", 0), StreamsTest::addTo);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void addTo(RouteTable table) {
        String streams = TestServer.API + "/groups/{groupId}/streams/";
        table.addStream("POST", streams + "length", Need.BACKUP, (request, call) -> {
            long[] length = {0};
            request.handler(bytes -> length[0] += bytes.length());
            request.endHandler(end -> call.answer(Answer.ok(Map.of("length", length[0]))));
            request.resume();
        });
        table.addStream("POST", streams + "throws", Need.BACKUP, (request, call) -> {
            throw new Refusal(ErrorCode.HOST_NOT_FOUND, "h", call.group().hex());
        });
        table.addStream(
                "POST",
                streams + "fails",
                Need.BACKUP,
                (request, call) -> call.fail(new IllegalStateException("secret inside")));
        table.addStream(
                "POST",
                streams + "work",
                Need.BACKUP,
                (request, call) -> call.work(
                        () -> Thread.currentThread().getName(),
                        worker -> call.answer(Answer.ok(Map.of(
                                "work", worker, "then", Thread.currentThread().getName())))));
        table.addStream(
                "POST",
                streams + "work-throws",
                Need.BACKUP,
                (request, call) -> call.work(
                        () -> {
                            throw new Refusal(ErrorCode.HOST_NOT_FOUND, "h", "g");
                        },
                        nothing -> {}));
        table.addStream(
                "POST",
                streams + "then-throws",
                Need.BACKUP,
                (request, call) -> call.work(() -> 1, one -> {
                    throw new Refusal(ErrorCode.HOST_NOT_FOUND, "h", "g");
                }));
        table.addStream("GET", streams + "breaks", Need.READ, (request, call) -> {
            request.response().putHeader("Content-Length", "100");
            request.response().write(Buffer.buffer("half"));
            call.fail(new IllegalStateException("the other half is lost"));
        });
    }

    @Test
    void bodyWaitsUntilTheHandlerReadsIt() throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("POST " + STREAMS + "length HTTP/1.1\r\n" + OWNER + "Content-Length: 3000000\r\n\r\n");
            raw.send(new byte[3_000_000]);
            assertThat(raw.read().body()).isEqualTo("{\"length\":3000000}");
        }
    }

    @Test
    void nobodyReachesTheHandlerWithoutAdmission() throws Exception {
        try (RawClient raw = server.raw()) {
            assertThat(raw.send("POST " + STREAMS + "length HTTP/1.1\r\nHost: h\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(401);
            assertThat(raw.send("POST " + STREAMS + "length HTTP/1.1\r\nHost: h\r\nAuthorization: Test reader\r\n\r\n")
                            .read()
                            .body())
                    .contains("USER_UNAUTHORIZED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "work-throws", "then-throws"})
    void refusalIsAnsweredWhereverItIsThrownAndTheConnectionStaysUsable(String stream) throws Exception {
        try (RawClient raw = server.raw()) {
            for (int i = 0; i < 2; i++) {
                raw.send("POST " + STREAMS + stream + " HTTP/1.1\r\n" + OWNER + "Content-Length: 3\r\n\r\nabc");
                RawClient.Response response = raw.read();
                assertThat(response.status()).isEqualTo(404);
                assertThat(response.body()).contains("HOST_NOT_FOUND");
                assertThat(response.header("X-MongoDB-Service-Version")).isNotNull();
            }
        }
    }

    @Test
    void bugIsAnsweredWithoutItsInside() throws Exception {
        try (RawClient raw = server.raw()) {
            RawClient.Response response = raw.send("POST " + STREAMS + "fails HTTP/1.1\r\n" + OWNER + "\r\n")
                    .read();
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body()).contains("UNEXPECTED_ERROR").doesNotContain("secret");
        }
    }

    @Test
    void workLeavesTheEventLoopAndComesBack() throws Exception {
        try (RawClient raw = server.raw()) {
            assertThat(raw.send("POST " + STREAMS + "work HTTP/1.1\r\n" + OWNER + "\r\n")
                            .read()
                            .body())
                    .matches("\\{\"then\":\"vert.x-eventloop-thread-\\d+\",\"work\":\"holdfast-worker-\\d+\"}|"
                            + "\\{\"work\":\"holdfast-worker-\\d+\",\"then\":\"vert.x-eventloop-thread-\\d+\"}");
        }
    }

    @Test
    void answerThatBreaksHalfwayIsCutSoThatNobodyTakesItForWhole() throws Exception {
        try (RawClient raw = server.raw()) {
            RawClient.Response response = raw.send("GET " + STREAMS + "breaks HTTP/1.1\r\n" + OWNER + "\r\n")
                    .read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("half");
            assertThat(raw.isClosed()).isTrue();
        }
    }
}
