package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.contract.id.ObjectIds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RequestWatchTest {
    private final List<RequestWatch.Answered> seen = new CopyOnWriteArrayList<>();

    private HttpServerRunner serve(RequestWatch watch) {
        Router router = new Router();
        router.add("GET", "/open/{word}", Need.NOTHING, call -> Answer.ok(Map.of("word", call.pathParameter("word"))));
        HttpServerRunner server = new HttpServerRunner(
                HttpConfig.plain("127.0.0.1", 0),
                Protection.DEFAULTS,
                router,
                new TestGate(),
                ChangeWatch.NONE,
                watch,
                TestServer.CLOCK,
                new ObjectIds(TestServer.CLOCK, new Random(1)));
        server.start();
        return server;
    }

    private static int get(HttpServerRunner server, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void isToldOfEveryRequestOnceByItsPatternAndNotItsPath() throws IOException, InterruptedException {
        try (HttpServerRunner server = serve(seen::add)) {
            assertThat(get(server, "/open/secret?and=more")).isEqualTo(200);
            assertThat(get(server, "/nothing/here")).isEqualTo(404);
        }
        assertThat(seen)
                .extracting(
                        RequestWatch.Answered::method, RequestWatch.Answered::pattern, RequestWatch.Answered::status)
                .containsExactly(tuple("GET", "/open/{word}", 200), tuple("GET", null, 404));
        assertThat(seen.get(0).traceParent()).startsWith("00-4bf92f");
        assertThat(seen.toString()).doesNotContain("secret").doesNotContain("more");
    }

    @Test
    void answerLeavesThoughTheWatchThrows() throws IOException, InterruptedException {
        RequestWatch broken = request -> {
            throw new IllegalStateException("broken");
        };
        try (HttpServerRunner server = serve(broken)) {
            assertThat(get(server, "/open/a")).isEqualTo(200);
        }
    }
}
