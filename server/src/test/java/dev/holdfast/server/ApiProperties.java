package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Requests put together by chance, of pieces that mean something to the API: whatever comes of it, it is documented. */
class ApiProperties {
    private static Path directory;
    private static WiredServer server;
    private static SignedClient owner;

    @BeforeContainer
    static void start() throws IOException {
        directory = Files.createTempDirectory("holdfast-api");
        server = new WiredServer(directory);
        owner = server.client(server.owner);
    }

    @AfterContainer
    static void stop() throws IOException {
        owner.close();
        server.close();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
    void anyPathIsAnsweredByADocument(
            @ForAll("methods") String method, @ForAll("paths") String path, @ForAll("queries") String query)
            throws IOException {
        check(owner.send(method, path + query, List.of(), new byte[0]), method, path + query);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void anyBodyIsTakenOrRefusedByADocument(@ForAll("bodies") String body) throws IOException {
        String list = server.ours.path(server.ours.mirrors.get(0)) + "/restoreJobs";
        long before = server.rows("restore_job");
        WireAnswer answer = owner.post(list, body.getBytes(StandardCharsets.UTF_8), "Content-Type: application/json");
        check(answer, "POST", body);
        assertThat(server.rows("restore_job") - before).isEqualTo(answer.status() == 200 ? 1 : 0);
        assertThat(server.rows("delivery_link")).isEqualTo(server.rows("restore_job"));
    }

    private static void check(WireAnswer answer, String method, String said) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 499);
        if (!method.equals("HEAD")) {
            JsonNode document = answer.json();
            document = document.has("envelope") ? document.get("envelope") : document;
            assertThat(document.has("error")).as(answer.toString()).isEqualTo(answer.status() >= 400);
            if (document.has("errorCode")) {
                ErrorCode code = ErrorCode.valueOf(document.get("errorCode").textValue());
                assertThat(code.status()).isEqualTo(answer.status());
            }
        }
        for (String secret : server.theirs.secrets()) {
            assertThat(answer.text().contains(secret) && !said.contains(secret))
                    .as("%s in %s", secret, answer)
                    .isFalse();
        }
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just("GET")),
                Tuple.of(1, Arbitraries.of("HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")));
    }

    @Provide
    Arbitrary<String> paths() {
        WiredProject ours = server.ours;
        Arbitrary<String> nouns = Arbitraries.of(
                "groups", "clusters", "hosts", "snapshots", "restoreJobs", "byName", "orgs", "backupConfigs");
        Arbitrary<String> ids = Arbitraries.of(
                ours.group.id().hex(),
                ours.sharded.id().hex(),
                ours.replicaSet.id().hex(),
                ours.mirrors.get(0).id().hex(),
                ours.member.id().hex(),
                ours.shardedSnapshot,
                ours.group.name(),
                ours.member.address(),
                server.theirs.group.id().hex(),
                server.theirs.mirrors.get(0).id().hex(),
                server.theirs.shardedSnapshot);
        Arbitrary<String> noise = Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('?', '#')
                .ofMaxLength(6);
        Arbitrary<String> segments = Arbitraries.oneOf(nouns, ids, ids, noise);
        Arbitrary<String> begin = Arbitraries.of(
                WiredServer.API, ours.path(), ours.path(), ours.path(ours.sharded), ours.path(ours.mirrors.get(0)));
        return Combinators.combine(begin, segments.list().ofMaxSize(4))
                .as((start, rest) -> rest.isEmpty() ? start : start + "/" + String.join("/", rest));
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> names = Arbitraries.of(
                "pretty",
                "envelope",
                "pageNum",
                "itemsPerPage",
                "includeCount",
                "completed",
                "batchId",
                "clusterId",
                "x");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of("true", "false", "1", "0", "2.0", "all", "", "%", "%41", "+"),
                Arbitraries.strings().withCharRange('!', '~').excludeChars('#').ofMaxLength(5));
        return Combinators.combine(names, values)
                .as((name, value) -> name + "=" + value)
                .list()
                .ofMaxSize(3)
                .map(pairs -> pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> names = Arbitraries.of(
                "maxDownloads", "expirationHours", "expires", "methodName", "statusName", "url", "targetGroupId", "x");
        Arbitrary<String> scalars = Arbitraries.of(
                "1",
                "\"2\"",
                "24",
                "0",
                "-1",
                "1.5",
                "null",
                "true",
                "\"HTTP\"",
                "\"SCP\"",
                "\"2016-03-05\"",
                "\"2016-03-05T12:00:00+02:00\"",
                "\"2020-01-01\"",
                "[]",
                "{}",
                "1e9",
                "2147483647",
                "2147483648",
                "\"\"");
        Arbitrary<String> delivery = Combinators.combine(names, scalars)
                .as((name, value) -> "\"" + name + "\":" + value)
                .list()
                .ofMaxSize(4)
                .map(pairs -> "{" + String.join(",", pairs) + "}");
        Arbitrary<String> more = Arbitraries.of(
                "",
                "",
                "",
                "",
                ",\"encryptionEnabled\":1",
                ",\"id\":1",
                ",\"oplogTs\":1",
                ",\"checkpointId\":null",
                ",\"timestamp\":null",
                ",\"\\u0000\":1",
                ",",
                "}");
        return Combinators.combine(Arbitraries.oneOf(delivery, delivery, scalars), more)
                .as((value, rest) ->
                        "{\"snapshotId\":\"" + server.ours.shardedSnapshot + "\",\"delivery\":" + value + rest + "}");
    }
}
