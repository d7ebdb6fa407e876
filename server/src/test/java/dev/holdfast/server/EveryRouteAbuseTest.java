package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route that the server has, with everything that can be wrong with a request: the answer is a documented refusal
 * (or, where the fault does no harm, a right answer), never a 5xx, and tells nothing of others. What each fault is called
 * is the business of {@link ApiAbuseContract}; here no route is forgotten.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EveryRouteAbuseTest {
    /** Statuses for which no published list has a code. */
    private static final Set<Integer> CODELESS = Set.of(400, 405, 406, 408, 413, 414, 415, 431);

    private static final int MOST_SHOWN = 40;

    @TempDir
    static Path directory;

    private static final AtomicInteger sent = new AtomicInteger();

    private static WiredServer server;
    private static Examples examples;
    private static RouteAbuse abuse;
    private static OpenApiCheck check;
    private static List<RouteEntry> routes;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
        examples = new Examples(server);
        abuse = new RouteAbuse(examples);
        routes = server.wiring.routes();
        try (SignedClient client = server.client(server.owner)) {
            check = new OpenApiCheck(client.anonymous("GET", "/openapi.json", List.of(), new byte[0])
                    .json());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        examples.close();
        server.close();
        assertThat(sent.get()).as("cases over every route").isGreaterThan(2000);
    }

    @Test
    @Order(1)
    void badPathsAreRefused() throws IOException {
        abuse(abuse::paths);
    }

    @Test
    @Order(2)
    void badQueriesAreRefusedOrDoNoHarm() throws IOException {
        abuse(abuse::queries);
    }

    @Test
    @Order(3)
    void otherMethodsAreRefused() throws IOException {
        abuse(route -> abuse.methods(route, routes));
    }

    @Test
    @Order(4)
    void idsOfOthersAreAsGoodAsIdsOfNobody() throws IOException {
        List<String> faults = new ArrayList<>();
        for (RouteEntry route : routes) {
            String contentType = RouteAbuse.takesBody(route.method()) && !route.streamed() ? "application/json" : null;
            byte[] body = contentType == null ? new byte[0] : "{}".getBytes(StandardCharsets.UTF_8);
            for (String variable : route.variables()) {
                if (route.need() == Need.GLOBAL_ADMIN || route.need() == Need.GLOBAL_READ) {
                    continue;
                }
                compare(faults, route, id -> examples.target(route, variable, id), id -> body, contentType, variable);
            }
            if (route.streamed()) {
                continue;
            }
            for (String query : abuse.queriesOf(route)) {
                String target = examples.target(route) + "?" + query + "=";
                compare(faults, route, id -> target + id, id -> body, contentType, query);
            }
            for (String attribute : abuse.attributes(route)) {
                if (attribute.endsWith("Id")) {
                    compare(
                            faults,
                            route,
                            id -> examples.target(route),
                            id -> abuse.bodyWith(route, attribute, "\"" + id + "\"")
                                    .getBytes(StandardCharsets.UTF_8),
                            contentType,
                            attribute.substring(attribute.indexOf('.') + 1));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    @Order(5)
    void badBodiesAreRefusedOrDoNoHarm() throws IOException {
        abuse(abuse::bodies);
    }

    /** The same request about an id of the other project, and about one of nobody. */
    private static void compare(
            List<String> faults,
            RouteEntry route,
            Function<String, String> target,
            Function<String, byte[]> body,
            String contentType,
            String variable)
            throws IOException {
        String foreign = foreign(route, variable);
        String unknown = Examples.unknown(foreign);
        if (foreign.equals(unknown)) {
            return;
        }
        String theirs = seen(route, target.apply(foreign), contentType, body.apply(foreign), foreign);
        String nobodys = seen(route, target.apply(unknown), contentType, body.apply(unknown), unknown);
        if (!theirs.equals(nobodys)) {
            faults.add(route + " " + variable + "\n  theirs  " + theirs + "\n  nobody's " + nobodys);
        }
    }

    private static String foreign(RouteEntry route, String variable) {
        return switch (variable) {
            case "parentClusterId", "targetClusterId" ->
                server.theirs.sharded.id().hex();
            case "targetGroupId" -> server.theirs.group.id().hex();
            default -> examples.foreign(route, variable);
        };
    }

    /** Status, headers and body of an answer, the id and what is new each time taken out. */
    private static String seen(RouteEntry route, String target, String contentType, byte[] body, String id)
            throws IOException {
        WireAnswer answer = examples.send(route, target, contentType, body);
        sent.incrementAndGet();
        List<String> headers = answer.headers().stream()
                .filter(line -> !line.startsWith("Date:") && !line.toLowerCase().startsWith("content-length"))
                .map(line -> line.replaceAll("nonce=\"[^\"]*\"", "nonce"))
                .toList();
        return (answer.status() + " " + headers + " " + answer.text()).replace(id, "ID");
    }

    private static void abuse(Function<RouteEntry, List<RouteAbuse.Case>> cases) throws IOException {
        List<String> faults = new ArrayList<>();
        for (RouteEntry route : routes) {
            for (RouteAbuse.Case one : cases.apply(route)) {
                sent.incrementAndGet();
                WireAnswer answer =
                        examples.send(route.need(), one.method(), one.target(), one.contentType(), one.body());
                String text = answer.text();
                String shown = answer.status() + " " + (text.length() > 300 ? text.substring(0, 300) : text);
                faults(one, answer).forEach(fault -> faults.add(fault + ": " + one + "\n  " + shown));
            }
        }
        assertThat(faults.size() > MOST_SHOWN ? faults.subList(0, MOST_SHOWN) : faults)
                .as("%d faults", faults.size())
                .isEmpty();
    }

    private static List<String> faults(RouteAbuse.Case one, WireAnswer answer) {
        List<String> faults = new ArrayList<>();
        if (answer.status() >= 500) {
            faults.add("a failure");
        }
        if (answer.status() < 400 && one.refused()) {
            faults.add("not refused");
        }
        if (answer.status() >= 400) {
            faults.addAll(faultsOfRefusal(answer));
        }
        if (one.method().equals(one.route().method()) && answer.status() < 500) {
            faults.addAll(check.faults(one.route(), answer));
        }
        boolean global = one.route().need() == Need.GLOBAL_READ || one.route().need() == Need.GLOBAL_ADMIN;
        for (String secret : global ? List.<String>of() : server.theirs.secrets()) {
            if (answer.text().contains(secret) && !one.said().contains(secret)) {
                faults.add("tells " + secret);
            }
        }
        return faults;
    }

    private static List<String> faultsOfRefusal(WireAnswer answer) {
        List<String> faults = new ArrayList<>();
        JsonNode document = answer.json();
        document = document.has("envelope") ? document.get("envelope") : document;
        String code = document.path("errorCode").textValue();
        if (document.path("error").intValue() != answer.status()) {
            faults.add("error is not the status");
        }
        if (code == null
                ? !CODELESS.contains(answer.status())
                : ErrorCode.valueOf(code).status() != answer.status()) {
            faults.add("code " + code);
        }
        if (document.path("detail").asText().isBlank()
                || document.path("reason").asText().isBlank()) {
            faults.add("no text");
        }
        if (answer.status() == 401 && answer.header("WWW-Authenticate") == null) {
            faults.add("no challenge");
        }
        return faults;
    }
}
