package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ErrorJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RatesTest {
    private static final GroupId OURS = new GroupId("5196d3628d022db4cbc26d9e");
    private static final GroupId THEIRS = new GroupId("5196d3628d022db4cbc26d9f");
    private static final Instant NOW = Instant.parse("2016-03-04T22:07:27Z");

    @Test
    void aProjectThatAsksTooMuch_isRefusedUntilItsTokensComeBack_andNobodyElseIs() {
        Rates rates = new Rates(60, 3);
        for (int i = 0; i < 3; i++) {
            rates.take(OURS, "/x", NOW);
        }
        Rates.Exceeded exceeded = catchThrowableOfType(Rates.Exceeded.class, () -> rates.take(OURS, "/x", NOW));
        assertThat(exceeded.answer().status()).isEqualTo(429);
        assertThat(exceeded.answer().headers()).containsEntry("Retry-After", "1");
        ErrorJson told = (ErrorJson) exceeded.answer().document();
        assertThat(told.errorCode()).isEqualTo("RATE_LIMITED");
        assertThat(told.parameters()).containsExactly("/x", "60", "1");
        assertThatCode(() -> rates.take(THEIRS, "/x", NOW)).doesNotThrowAnyException();
        assertThatCode(() -> rates.take(OURS, "/x", NOW.plusSeconds(1))).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(Rates.Exceeded.class, () -> rates.take(OURS, "/x", NOW.plusSeconds(1))))
                .isNotNull();
    }

    @Test
    void aQuietTime_savesUpNoMoreThanABurst_andAClockThatIsSetBackGivesNothing() {
        Rates rates = new Rates(60, 2);
        rates.take(OURS, "/x", NOW);
        rates.take(OURS, "/x", NOW.plusSeconds(3600));
        rates.take(OURS, "/x", NOW.plusSeconds(3600));
        assertThat(catchThrowableOfType(Rates.Exceeded.class, () -> rates.take(OURS, "/x", NOW.plusSeconds(3600))))
                .isNotNull();
        assertThat(catchThrowableOfType(Rates.Exceeded.class, () -> rates.take(OURS, "/x", NOW)))
                .isNotNull();
    }

    @Test
    void unlessALimitIsSet_nothingIsRefused() {
        Rates rates = new Rates(Protection.DEFAULTS.perMinute(), Protection.DEFAULTS.burst());
        for (int i = 0; i < 10_000; i++) {
            rates.take(OURS, "/x", NOW);
        }
    }

    @Test
    void overTheWire_itIsTheDocumentedError_andAgentsAndPathsOfNoProjectGoOn() throws Exception {
        Protection twoAtOnce = new Protection(60, 2, Duration.ZERO);
        try (HttpServerRunner server = server(twoAtOnce)) {
            for (int i = 0; i < 2; i++) {
                assertThat(get(server, "/groups/" + OURS, "Test owner").statusCode())
                        .isEqualTo(200);
            }
            HttpResponse<String> refused = get(server, "/groups/" + OURS, "Test reader");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.body()).contains("\"errorCode\":\"RATE_LIMITED\"", "\"error\":429");
            assertThat(get(server, "/groups", "Test owner").statusCode()).isEqualTo(200);
            assertThat(get(server, "/agents/" + OURS, "Bearer agent").statusCode())
                    .isEqualTo(200);
        }
    }

    private static HttpServerRunner server(Protection protection) {
        Router router = new Router();
        router.add("GET", "/groups", Need.KEY, call -> Answer.ok(Map.of()));
        router.add("GET", "/groups/{groupId}", Need.READ, call -> Answer.ok(Map.of()));
        router.add("GET", "/agents/{groupId}", Need.AGENT, call -> Answer.ok(Map.of()));
        HttpServerRunner server = new HttpServerRunner(
                HttpConfig.plain("127.0.0.1", 0),
                protection,
                router,
                new TestGate(),
                ChangeWatch.NONE,
                null,
                TestServer.CLOCK,
                new ObjectIds(TestServer.CLOCK, new Random(1)));
        server.start();
        return server;
    }

    private static HttpResponse<String> get(HttpServerRunner server, String path, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", key)
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
