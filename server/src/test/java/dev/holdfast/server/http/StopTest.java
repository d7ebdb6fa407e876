package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.ObjectIds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a server stops, and what it counts. */
final class StopTest {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void whatIsUnderWay_ends_whileWhatIsNewIsRefused_andNoLoadBalancerSendsMore() throws Exception {
        HttpServerRunner server = server(Duration.ofSeconds(20));
        CompletableFuture<HttpResponse<String>> slow = send(server, "/slow");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        String base = server.url();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        while (!server.isStopping()) {
            Thread.sleep(1);
        }
        HttpResponse<String> late = get(base, "/quick");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.headers().firstValue("Retry-After")).isPresent();
        assertThat(late.headers().firstValue("Connection")).contains("close");
        assertThat(get(base, "/readyz").statusCode()).isEqualTo(503);
        assertThat(get(base, "/healthz").statusCode()).isEqualTo(200);
        assertThat(stopped).isNotDone();
        answer.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        stopped.get(15, TimeUnit.SECONDS);
        assertThat(server.traffic().underWay()).isZero();
    }

    @Test
    void whatDoesNotEnd_isCutWhenItsTimeIsOver() throws Exception {
        HttpServerRunner server = server(Duration.ofMillis(50));
        CompletableFuture<HttpResponse<String>> slow = send(server, "/stream");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        server.close();
        assertThat(slow.handle((done, failure) -> failure != null).get(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(server.traffic().underWay()).isZero();
    }

    @Test
    void answersAreCountedByRouteAndStatus() throws Exception {
        HttpServerRunner server = server(Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            assertThat(get(server.url(), "/quick").statusCode()).isEqualTo(200);
        }
        assertThat(get(server.url(), "/nothing?token=secret").statusCode()).isEqualTo(404);
        RouteCounts quick = server.traffic().routes().stream()
                .filter(route -> route.pattern().equals("/quick"))
                .findFirst()
                .orElseThrow();
        assertThat(quick.byStatus().get(200).sum()).isEqualTo(3);
        assertThat(quick.seconds()).isPositive();
        RouteCounts other =
                server.traffic().routes().get(server.traffic().routes().size() - 1);
        assertThat(other.byStatus().get(404).sum()).isEqualTo(1);
        assertThat(other.pattern()).isEqualTo("other");
        assertThat(server.traffic().underWay()).isZero();
        server.close();
    }

    private HttpServerRunner server(Duration drain) {
        Router router = new Router();
        router.add("GET", "/quick", Need.NOTHING, call -> Answer.ok(Map.of("a", "b")));
        router.add("GET", "/slow", Need.NOTHING, call -> {
            asked.countDown();
            try {
                assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Answer.ok(Map.of("a", "b"));
        });
        router.addStream("GET", "/stream", Need.NOTHING, (request, call) -> {
            request.response().setChunked(true).write("and so on");
            asked.countDown();
        });
        HttpServerRunner[] self = new HttpServerRunner[1];
        new HealthRoutes(() -> {}, () -> Map.of("running", self[0].isStopping() ? "stopping" : "OK")).addTo(router);
        self[0] = new HttpServerRunner(
                HttpConfig.plain("127.0.0.1", 0),
                new Protection(0, 0, drain),
                router,
                new TestGate(),
                ChangeWatch.NONE,
                null,
                Clock.systemUTC(),
                new ObjectIds(Clock.systemUTC(), new Random(1)));
        self[0].start();
        return self[0];
    }

    private CompletableFuture<HttpResponse<String>> send(HttpServerRunner server, String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String base, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
