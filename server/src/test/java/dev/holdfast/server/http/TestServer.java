package dev.holdfast.server.http;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.contract.trouble.Unavailable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A server on a free port of loopback with a few routes of every kind. */
final class TestServer implements AutoCloseable {
    static final String API = "/api/public/v1.0";
    static final String THINGS = API + "/groups/" + TestGate.GROUP + "/things";
    static final Clock CLOCK = Clock.fixed(Instant.parse("2016-03-04T22:07:27.5Z"), ZoneOffset.UTC);

    final TestGate gate = new TestGate();
    final HttpServerRunner runner;
    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    TestServer(HttpConfig config, Routes... more) {
        Router router = new Router();
        addRoutes(router);
        for (Routes routes : more) {
            routes.addTo(router);
        }
        runner = new HttpServerRunner(config, router, gate, CLOCK, new ObjectIds(CLOCK, new Random(1)));
        runner.start();
    }

    TestServer() {
        this(HttpConfig.plain("127.0.0.1", 0));
    }

    private static void addRoutes(RouteTable table) {
        String things = API + "/groups/{groupId}/things";
        table.add("GET", API, Need.KEY, call -> Answer.ok(Map.of("root", call.apiUrl())));
        table.add("GET", things, Need.READ, call -> Answer.ok(Paging.of(call).slice(call, List.of("a", "b"))));
        table.addListed("POST", things, Need.BACKUP, call -> {
            JsonFields fields = JsonFields.of(call);
            Map<String, Object> read = new TreeMap<>();
            read.put("size", fields.required("size", fields.positiveNumber("size")));
            fields.refuseUnknown();
            return Answer.created(read, call.apiUrl() + "/x");
        });
        table.add("GET", things + "/{thing}", Need.READ, TestServer::thing);
        table.add("GET", API + "/long", Need.KEY, call -> Answer.ok(Map.of("text", "x".repeat(2_000))));
        table.add("DELETE", things + "/{thing}", Need.BACKUP, call -> Answer.empty(204));
        table.add("GET", "/agent/v1/{groupId}", Need.AGENT, call -> Answer.ok(Map.of()));
        new HealthRoutes(() -> {}).addTo(table);
    }

    private static Answer thing(Call call) {
        String thing = call.pathParameter("thing");
        return switch (thing) {
            case "bug" -> throw new IllegalStateException("secret inside");
            case "full" -> throw Unavailable.full("secret inside", null);
            case "away" -> throw new Unavailable("secret inside");
            case "damaged" -> throw new Corruption("packs/1", 5, "secret inside");
            case "gone" -> throw new StatusRefusal(410, "It was here.");
            case "missing" ->
                throw new Refusal(ErrorCode.HOST_NOT_FOUND, thing, call.group().hex());
            case "unwritable" -> Answer.ok(new Object());
            default -> Answer.ok(Map.of("name", thing, "method", call.method()));
        };
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(runner.url() + target)).timeout(Duration.ofSeconds(10));
    }

    HttpRequest.Builder asOwner(String target) {
        return request(target).header("Authorization", "Test owner");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    RawClient raw() throws Exception {
        return new RawClient(runner.port());
    }

    @Override
    public void close() {
        runner.close();
    }
}
