package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages ask of the wired server, and what is kept from whom. */
class ApiOverviewTest {
    private static final String OWN = "/api/holdfast/v1";

    @TempDir
    static Path directory;

    private static WiredServer server;
    private static String group;

    @BeforeAll
    static void start() throws IOException {
        server = new WiredServer(directory);
        group = OWN + "/groups/" + server.ours.group.id();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void ownerSeesTheirProjectOnly_andNothingOfTheDisk() throws IOException {
        try (SignedClient owner = server.client(server.owner)) {
            WireAnswer answer = owner.get(OWN + "/overview");
            JsonNode seen = answer.json();
            assertThat(names(seen)).containsExactly("ours-project");
            assertThat(answer.text())
                    .doesNotContain("secretly", server.theirs.group.id().hex());
            assertThat(seen.at("/store").has("freeBytes")).isFalse();
            assertThat(seen.at("/store/snapshots").intValue()).isPositive();
            assertThat(seen.at("/groups/0/deployments/0/lastSnapshot/id").textValue())
                    .isEqualTo(server.ours.replicaSetSnapshot);
        }
    }

    @Test
    void globalKeySeesEverything_orOneProject() throws IOException {
        try (SignedClient everywhere = server.client(server.everywhere)) {
            JsonNode all = everywhere.get(OWN + "/overview").json();
            assertThat(names(all)).containsExactly("ours-project", "secretly-project");
            assertThat(all.at("/store/freeBytes").longValue()).isPositive();
            JsonNode one = everywhere
                    .get(OWN + "/overview?groupId=" + server.theirs.group.id())
                    .json();
            assertThat(names(one)).containsExactly("secretly-project");
            assertThat(everywhere
                            .get(OWN + "/overview?groupId=" + Examples.UNKNOWN)
                            .errorCode())
                    .isEqualTo("GROUP_NOT_FOUND");
        }
    }

    @Test
    void foreignProject_isNotToldFromOneThatIsNot() throws IOException {
        try (SignedClient owner = server.client(server.owner)) {
            for (String id : List.of(server.theirs.group.id().hex(), Examples.UNKNOWN)) {
                assertThat(owner.get(OWN + "/overview?groupId=" + id).errorCode())
                        .isEqualTo("NOT_IN_GROUP");
            }
            assertThat(owner.get(OWN + "/overview?groupId=x").errorCode()).isEqualTo("INVALID_QUERY_PARAMETER");
        }
    }

    @Test
    void agents_areListed_andFallSilent() throws IOException {
        String token = server.wiring
                .agentKeys()
                .createAgentKey(server.ours.group.id(), "a", WiredServer.START)
                .token();
        String host = server.ours.member.id().hex();
        String body = "{\"agent\":\"west\",\"instance\":\"1\",\"version\":\"0.1.0\",\"hosts\":[\"" + host + "\",\""
                + "0".repeat(32) + "\"],\"kinds\":[\"CAPTURE\"]}";
        try (SignedClient owner = server.client(server.owner)) {
            assertThat(owner.anonymous(
                                    "POST",
                                    "/agent/v1/groups/" + server.ours.group.id() + "/agents/poll",
                                    List.of("Content-Type: application/json", "Authorization: Bearer " + token),
                                    body.getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(200);
            JsonNode agent = owner.get(group + "/agents").json().at("/results/0");
            assertThat(agent.path("name").textValue()).isEqualTo("west");
            assertThat(agent.at("/hosts/0/name").textValue()).isEqualTo(server.ours.member.address());
            assertThat(agent.at("/hosts/1").has("name")).isFalse();
            assertThat(agent.path("silent").booleanValue()).isFalse();
            server.clock.advance(Duration.ofHours(1));
            try {
                JsonNode later = owner.get(group + "/agents").json().at("/results/0");
                assertThat(later.path("silent").booleanValue()).isTrue();
                assertThat(later.path("silentSeconds").longValue()).isEqualTo(3600);
            } finally {
                server.clock.advance(Duration.ofHours(-1));
            }
        }
    }

    @Test
    void growthAndRuns_areListsLikeTheOthers() throws IOException {
        try (SignedClient reader = server.client(server.reader)) {
            JsonNode growth = reader.get(
                            group + "/clusters/" + server.ours.replicaSet.id() + "/growth?includeCount=false")
                    .json();
            assertThat(growth.at("/results/0/id").textValue()).isEqualTo(server.ours.replicaSetSnapshot);
            assertThat(growth.at("/results/0/newBytes").longValue()).isPositive();
            assertThat(growth.has("totalCount")).isFalse();
            JsonNode runs = reader.get(group + "/runs").json();
            assertThat(runs.path("totalCount").intValue()).isZero();
            assertThat(runs.at("/links/0/rel").textValue()).isEqualTo("self");
        }
    }

    private static List<String> names(JsonNode overview) {
        List<String> names = new ArrayList<>();
        overview.path("groups").forEach(one -> names.add(one.path("name").textValue()));
        return names;
    }
}
