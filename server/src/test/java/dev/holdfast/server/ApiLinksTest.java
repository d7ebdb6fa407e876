package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and links on the wired server: whatever a document points to is there, and pages lead through a whole list. */
class ApiLinksTest {
    @TempDir
    static Path directory;

    private static WiredServer server;
    private static WiredProject ours;

    private SignedClient owner;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
        ours = server.ours;
        try (SignedClient client = server.client(server.owner)) {
            client.post(ours.path(ours.sharded) + "/restoreJobs", "{\"snapshotId\":\"" + ours.shardedSnapshot + "\"}");
            client.post(
                    ours.path(ours.replicaSet) + "/restoreJobs",
                    "{\"snapshotId\":\"" + ours.replicaSetSnapshot + "\"}");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        owner = server.client(server.owner);
    }

    @AfterEach
    void close() throws IOException {
        owner.close();
    }

    @Test
    void selfLinkOfEveryDocumentIsTheDocument() throws IOException {
        List<String> pages = new ArrayList<>(List.of(
                WiredServer.API,
                WiredServer.API + "/groups",
                WiredServer.API + "/groups/byName/" + ours.group.name(),
                ours.path() + "/clusters",
                ours.path() + "/hosts",
                ours.path() + "/hosts/byName/" + ours.member.address(),
                ours.path(ours.mirrors.get(0)) + "/snapshots",
                ours.path(ours.mirrors.get(0)) + "/restoreJobs"));
        for (var cluster : List.of(ours.replicaSet, ours.sharded, ours.shards.get(0))) {
            pages.add(ours.path(cluster) + "/snapshots");
            pages.add(ours.path(cluster) + "/snapshots?completed=all");
            pages.add(ours.path(cluster) + "/restoreJobs");
        }
        for (String page : pages) {
            JsonNode document = follow(page);
            for (JsonNode item : document.path("results")) {
                JsonNode alone = follow(self(item));
                ((ObjectNode) item).remove("links");
                JsonNode bare = alone.deepCopy();
                ((ObjectNode) bare).remove("links");
                assertThat(bare).as(page).isEqualTo(item);
            }
        }
    }

    @Test
    void pagesLinkToTheirNeighbours() throws IOException {
        String list = ours.path() + "/clusters";
        String url = server.wiring.baseUrl() + list + "?pretty=false&pageNum=";
        JsonNode first =
                owner.get(list + "?pretty=false&itemsPerPage=3&pageNum=1").json();
        assertThat(first.get("results")).hasSize(3);
        assertThat(first.get("totalCount").intValue()).isEqualTo(4);
        assertThat(links(first))
                .containsExactly("self " + url + "1&itemsPerPage=3", "next " + url + "2&itemsPerPage=3");
        JsonNode last =
                owner.get(list + "?pretty=false&itemsPerPage=3.0&pageNum=2.0").json();
        assertThat(last.get("results")).hasSize(1);
        assertThat(links(last))
                .containsExactly("self " + url + "2&itemsPerPage=3", "previous " + url + "1&itemsPerPage=3");
        JsonNode past = owner.get(list + "?pageNum=9").json();
        assertThat(past.get("results")).isEmpty();
        assertThat(past.get("totalCount").intValue()).isEqualTo(4);
        assertThat(owner.get(list + "?includeCount=false").json().has("totalCount"))
                .isFalse();
        assertThat(links(owner.get(list).json()))
                .containsExactly("self " + server.wiring.baseUrl() + list + "?pageNum=1&itemsPerPage=100");
    }

    @Test
    void listsAreInTheDocumentedOrder() throws IOException {
        assertThat(values(ours.path() + "/clusters", "typeName"))
                .containsExactly("REPLICA_SET", "REPLICA_SET", "REPLICA_SET", "SHARDED_REPLICA_SET");
        assertThat(values(ours.path() + "/hosts", "hostname"))
                .containsExactly(
                        "ours-a.example.net",
                        "ours-cfg0.example.net",
                        "ours-cfg1.example.net",
                        "ours-cfg2.example.net");
        for (String list : List.of("/snapshots?completed=all", "/restoreJobs")) {
            // ids grow with time, and the clock stands still
            assertThat(values(ours.path(ours.sharded) + list, "id"))
                    .hasSizeGreaterThan(1)
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test
    void numbersThatNoPageHasAreCutDownOrPastTheEnd() throws IOException {
        String list = ours.path() + "/hosts?itemsPerPage=";
        for (String items : List.of("501", "99999999999")) {
            assertThat(self(owner.get(list + items).json())).endsWith("?pageNum=1&itemsPerPage=500");
        }
        JsonNode past = owner.get(list + "2&pageNum=99999999999").json();
        assertThat(past.get("results")).isEmpty();
        assertThat(past.get("totalCount").intValue()).isEqualTo(4);
    }

    @Test
    void filtersFindWhatIsOursOnly() throws IOException {
        assertThat(values(ours.path() + "/hosts?clusterId=" + ours.replicaSet.id(), "hostname"))
                .containsExactly(ours.member.hostname());
        assertThat(values(ours.path() + "/clusters?parentClusterId=" + ours.sharded.id(), "shardName"))
                .containsExactly("ours_0", "ours_1");
        for (String filter : List.of("/hosts?clusterId=", "/clusters?parentClusterId=")) {
            assertThat(values(ours.path() + filter + server.theirs.sharded.id(), "id"))
                    .isEmpty();
        }
    }

    private List<String> values(String list, String name) throws IOException {
        List<String> values = new ArrayList<>();
        owner.get(list)
                .json()
                .get("results")
                .forEach(item -> values.add(item.get(name).textValue()));
        return values;
    }

    /** Gets a document, and checks that its self link, its first, gives it again, and its other links something. */
    private JsonNode follow(String path) throws IOException {
        WireAnswer answer = owner.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        JsonNode document = answer.json();
        assertThat(document.has("error")).as(path).isFalse();
        assertThat(owner.get(self(document)).json()).as(path).isEqualTo(document);
        for (JsonNode link : document.get("links")) {
            String rel = link.get("rel").textValue();
            assertThat(owner.get(local(link.get("href").textValue())).status())
                    .as(path + " " + rel)
                    .isEqualTo(200);
        }
        return document;
    }

    private static String self(JsonNode document) {
        JsonNode first = document.get("links").get(0);
        assertThat(first.get("rel").textValue()).isEqualTo("self");
        return local(first.get("href").textValue());
    }

    private static String local(String url) {
        assertThat(url).startsWith(server.wiring.baseUrl() + "/");
        return url.substring(server.wiring.baseUrl().length());
    }

    private static List<String> links(JsonNode document) {
        List<String> links = new ArrayList<>();
        document.get("links")
                .forEach(link -> links.add(
                        link.get("rel").textValue() + " " + link.get("href").textValue()));
        return links;
    }
}
