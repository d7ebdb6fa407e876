package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.access.Grant;
import dev.holdfast.server.access.NewApiKey;
import dev.holdfast.server.access.Role;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.testing.PrintedPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of roles in {@code docs}: it is that of the code, and what a running server does, cell by cell. */
class RolesTest {
    private static final Path PAGE = Path.of("..", "docs", "roles.md");

    /** What the gate says to whoever is not admitted; what a handler refuses later has other codes. */
    private static final Set<String> NOT_ADMITTED =
            Set.of("USER_UNAUTHORIZED", "NOT_IN_GROUP", "USER_CANNOT_ACCESS_ORG");

    @TempDir
    static Path directory;

    private static WiredServer server;
    private static Examples examples;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
        examples = new Examples(server);
    }

    @AfterAll
    static void stop() throws IOException {
        examples.close();
        server.close();
    }

    @Test
    void page_isTheTableOfTheCode() throws IOException {
        String printed = RolesPage.print(server.wiring.routes());
        PrintedPage.check(PAGE, printed);
    }

    @Test
    void everyOperationAdmitsExactlyTheRolesOfThePage() throws IOException {
        TreeMap<String, Set<Role>> page = RolesPage.read(Files.readString(PAGE));
        List<String> faults = new ArrayList<>();
        int cells = 0;
        for (Role role : Role.values()) {
            try (SignedClient client = server.client(key(role))) {
                for (RouteEntry route : server.wiring.routes()) {
                    Set<Role> admitted = page.get(route.toString());
                    boolean endless = route.pattern().endsWith("/events"); // has tests of its own
                    if (admitted == null
                            || endless
                            || route.streamed() && !route.method().equals("GET")) {
                        continue;
                    }
                    WireAnswer answer = send(client, route);
                    cells++;
                    if (route.need() == Need.KEY) {
                        // the gate lets everybody pass; what the key may see is then asked of the room
                        continue;
                    }
                    boolean refused = answer.status() == 401 && NOT_ADMITTED.contains(answer.errorCode());
                    if (refused == admitted.contains(role) || answer.status() >= 500) {
                        faults.add(role + " " + route + ": " + answer.status() + " " + answer.text());
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(cells).isGreaterThan(900);
    }

    /** A request that changes nothing that matters even when it is admitted. */
    private static WireAnswer send(SignedClient client, RouteEntry route) throws IOException {
        List<String> variables = route.variables();
        String last = variables.isEmpty() ? "" : variables.get(variables.size() - 1);
        boolean scope = last.equals("groupId") || last.equals("orgId");
        boolean harmful = route.method().equals("DELETE") || route.streamed();
        String target = harmful && !scope ? examples.target(route, last, "x") : examples.target(route);
        return switch (route.method()) {
            case "POST", "PUT", "PATCH" ->
                client.send(
                        route.method(),
                        target,
                        List.of("Content-Type: application/json"),
                        "{}".getBytes(StandardCharsets.UTF_8));
            default -> client.send(route.method(), target, List.of(), new byte[0]);
        };
    }

    private static NewApiKey key(Role role) {
        Grant grant = switch (role.scope()) {
            case GROUP -> Grant.in(server.ours.group.id(), role);
            case ORG -> Grant.in(server.ours.group.orgId(), role);
            case GLOBAL -> Grant.global(role);
        };
        return server.wiring.keys().create(role.name(), List.of(grant), WiredServer.START);
    }
}
