package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.reference.Catalogue;
import dev.holdfast.server.reference.OpenApi;
import dev.holdfast.server.testing.DocumentCheck;
import dev.holdfast.server.testing.PrintedPage;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document at {@code /openapi.json}: valid, whole, true of what the server answers, and printed in the docs. */
class OpenApiTest {
    private static final Path PAGE = Path.of("..", "docs", "api.md");

    /** What the documentation names, below the API's root unless it says so; whatever stands in braces. */
    private static final String DOCUMENTED = """
            GET POST /groups/{}/clusters/{}/restoreJobs
            GET /groups/{}/clusters/{}/restoreJobs/{}
            POST /groups/{}/clusters/{}/restoreJobs/restorableTimeRanges
            GET POST /groups/{}/hosts/{}/restoreJobs
            GET /groups/{}/hosts/{}/restoreJobs/{}
            GET /backup/restore/v2/pull/{}/{}/{}
            GET /groups/{}/clusters/{}/snapshots
            GET PATCH DELETE /groups/{}/clusters/{}/snapshots/{}
            POST /groups/{}/clusters/{}/snapshots/onDemandSnapshot
            GET /groups/{}/hosts/{}/snapshots
            GET /groups/{}/hosts/{}/snapshots/{}
            GET /groups/{}/backupConfigs
            GET PATCH /groups/{}/backupConfigs/{}
            GET PATCH /groups/{}/backupConfigs/{}/snapshotSchedule
            GET /groups/{}/clusters/{}/checkpoints
            GET /groups/{}/clusters/{}/checkpoints/{}
            GET /api/public/v1.0
            GET POST /groups
            GET PATCH DELETE /groups/{}
            GET /groups/byName/{}
            GET /orgs
            GET /orgs/{}
            GET /orgs/{}/groups
            GET /clusters
            GET /groups/{}/clusters
            GET PATCH /groups/{}/clusters/{}
            GET POST /groups/{}/hosts
            GET PATCH DELETE /groups/{}/hosts/{}
            GET /groups/{}/hosts/byName/{}
            GET POST /orgs/{}/apiKeys
            GET PATCH DELETE /orgs/{}/apiKeys/{}
            GET POST /groups/{}/apiKeys
            PATCH DELETE /groups/{}/apiKeys/{}
            GET POST /orgs/{}/apiKeys/{}/accessList
            GET DELETE /orgs/{}/apiKeys/{}/accessList/{}
            GET POST /orgs/{}/apiKeys/{}/whitelist
            GET DELETE /orgs/{}/apiKeys/{}/whitelist/{}
            GET POST /admin/apiKeys
            GET PATCH DELETE /admin/apiKeys/{}
            GET POST /admin/whitelist
            GET DELETE /admin/whitelist/{}
            GET POST /users/{}/whitelist
            GET DELETE /users/{}/whitelist/{}
            GET /api/private/unauth/version
            POST /unauth/users
            GET /monitor/health
            """;

    @TempDir
    static Path directory;

    private static WiredServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
        try (SignedClient client = server.client(server.owner)) {
            WireAnswer answer = client.anonymous("GET", "/openapi.json", List.of(), new byte[0]);
            assertThat(answer.status()).isEqualTo(200);
            document = answer.json();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void document_isValidOpenApi() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(document.toString(), null, options);
        assertThat(parsed.getMessages() == null ? List.of() : parsed.getMessages())
                .isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).hasSize(document.get("paths").size());
        JsonSchema metaSchema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        document.at("/components/schemas")
                .fields()
                .forEachRemaining(schema -> assertThat(DocumentCheck.faults(metaSchema, schema.getValue()))
                        .as(schema.getKey())
                        .isEmpty());
    }

    @Test
    void validatorsSeeAFault() {
        ObjectNode broken = document.deepCopy();
        ((ObjectNode) broken.at("/paths").elements().next()).putObject("get").put("operationId", 1);
        assertThat(new OpenAPIV3Parser().readContents(broken.toString()).getMessages())
                .isNotEmpty();
    }

    @Test
    void everyDocumentedEndpointIsThere() {
        Set<String> there = new TreeSet<>();
        for (RouteEntry route : server.wiring.routes()) {
            there.add(route.method() + " " + route.pattern().replaceAll("\\{[^}]*}", "{}"));
        }
        List<String> documented = new ArrayList<>();
        DOCUMENTED.lines().map(line -> line.split(" ")).forEach(words -> {
            String path = words[words.length - 1];
            boolean below = !path.matches("/(api|backup|monitor)/.*");
            for (String method : List.of(words).subList(0, words.length - 1)) {
                documented.add(method + " " + (below ? WiredServer.API : "") + path);
            }
        });
        assertThat(there).containsAll(documented);
    }

    @Test
    void everyRouteIsInIt_underAnIdOfItsOwn() {
        Set<String> ids = new TreeSet<>();
        for (RouteEntry route : server.wiring.routes()) {
            JsonNode operation = document.path("paths")
                    .path(route.pattern())
                    .path(route.method().toLowerCase(Locale.ROOT));
            if (Catalogue.isPage(route)) {
                assertThat(operation.isMissingNode()).as(route.toString()).isTrue();
                continue;
            }
            assertThat(operation.path("summary").asText()).as(route.toString()).isNotBlank();
            assertThat(ids.add(operation.path("operationId").asText()))
                    .as(operation.toString())
                    .isTrue();
            assertThat(operation.path("x-need").asText()).isEqualTo(route.need().name());
        }
    }

    @Test
    void everyGetAnswersWhatItSays() throws IOException {
        Examples examples = new Examples(server);
        OpenApiCheck check = new OpenApiCheck(document);
        List<String> faults = new ArrayList<>();
        int seen = 0;
        for (RouteEntry route : server.wiring.routes()) {
            if (!route.method().equals("GET") || route.streamed()) {
                continue;
            }
            for (String query : List.of("", "?pretty=true", "?includeCount=false&itemsPerPage=1")) {
                WireAnswer answer = examples.send(route, examples.target(route) + query, null, new byte[0]);
                seen += answer.status() == 200 ? 1 : 0;
                check.faults(route, answer).forEach(fault -> faults.add(route + query + ": " + fault));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(seen).isGreaterThan(60);
    }

    @Test
    void page_isPrintedFromIt() throws IOException {
        JsonNode stable = new OpenApi(new Catalogue(), "").document(server.wiring.routes(), "");
        String printed = new ApiPage(stable).print();
        PrintedPage.check(PAGE, printed);
    }
}
