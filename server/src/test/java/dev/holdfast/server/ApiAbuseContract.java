package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.server.access.NewApiKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever is wrong with a request, the answer is a documented refusal: never a 5xx, nothing about the project of
 * others, and nothing was made.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiAbuseContract {
    /** Statuses for which no published list has a code. */
    private static final Set<Integer> CODELESS = Set.of(405, 406, 413, 414, 415, 431);

    private WiredServer server;
    private String job;
    private String configJob;

    /** A new server. */
    abstract WiredServer open() throws IOException;

    @BeforeAll
    void start() throws IOException {
        server = open();
        WiredProject ours = server.ours;
        try (SignedClient client = server.client(server.owner)) {
            job = client.post(
                            ours.path(ours.replicaSet) + "/restoreJobs",
                            "{\"snapshotId\":\"" + ours.replicaSetSnapshot + "\"}")
                    .json()
                    .at("/results/0/id")
                    .textValue();
            configJob = client.post(
                            ours.path(ours.mirrors.get(0)) + "/restoreJobs",
                            "{\"snapshotId\":\"" + ours.shardedSnapshot + "\"}")
                    .json()
                    .get("id")
                    .textValue();
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void badIdsAreRefusedByTheirCodes() throws IOException {
        List<AbuseCase> cases = new BadPaths(server, job, configJob).cases();
        assertThat(cases).hasSizeGreaterThan(300);
        refused(cases);
    }

    @Test
    void badBodiesAreRefusedByTheirCodesAndMakeNothing() throws IOException {
        List<AbuseCase> cases = new BadBodies(server).cases();
        assertThat(cases).hasSizeGreaterThan(400);
        refused(cases);
    }

    @Test
    void badIdsOfKeysAndOrganisationsAreRefusedByTheirCodes() throws IOException {
        List<AbuseCase> cases = new BadKeys(server).paths();
        assertThat(cases).hasSizeGreaterThan(300);
        refused(cases, server.globalOwner, List.of());
    }

    @Test
    void badBodiesOfKeysListsAndProjectsAreRefusedByTheirCodesAndMakeNothing() throws IOException {
        List<AbuseCase> cases = new BadKeys(server).bodies();
        assertThat(cases).hasSizeGreaterThan(400);
        refused(cases, server.globalOwner, server.theirs.secrets());
    }

    @Test
    void keyOfAnotherOrganisationLearnsNothing() throws IOException {
        refused(new BadKeys(server).foreign(), server.orgOwner, server.theirs.secrets());
    }

    @Test
    void badRequestsAboutBackupsAreRefusedByTheirCodesAndChangeNothing() throws IOException {
        WiredProject ours = server.ours;
        String path = ours.path() + "/backupConfigs/" + ours.replicaSet.id();
        String schedule = path + "/snapshotSchedule";
        try (SignedClient client = server.client(server.owner)) {
            assertThat(patch(client, path, "{\"statusName\":\"STARTED\"}")).isEqualTo(202);
            server.wiring.scheduler().round();
            String before = client.get(path).text() + client.get(schedule).text();
            assertThat(before).contains("STARTED");
            List<AbuseCase> cases = new BadBackups(server).cases();
            assertThat(cases).hasSizeGreaterThan(350);
            refused(cases);
            assertThat(client.get(path).text() + client.get(schedule).text()).isEqualTo(before);
        }
    }

    private static int patch(SignedClient client, String path, String body) throws IOException {
        return client.send(
                        "PATCH", path, List.of("Content-Type: application/json"), body.getBytes(StandardCharsets.UTF_8))
                .status();
    }

    @Test
    void badLinksAreRefusedAlike() throws IOException {
        List<AbuseCase> cases = new ArrayList<>();
        String url;
        try (SignedClient client = server.client(server.owner)) {
            url = client.get(server.ours.path(server.ours.replicaSet) + "/restoreJobs/" + job)
                    .json()
                    .at("/delivery/url")
                    .textValue()
                    .substring(server.wiring.baseUrl().length());
        }
        String[] parts = url.split("/");
        for (int part : List.of(5, 6, 7)) {
            String good = parts[part];
            for (String bad : List.of(
                    good.substring(1),
                    good + "0",
                    good.toUpperCase(Locale.ROOT),
                    configJob,
                    "x".repeat(3000),
                    "%20",
                    "%E2%82%AC")) {
                cases.add(AbuseCase.get("bad link", url.replace(good, bad), "RESOURCE_NOT_FOUND"));
            }
            for (String bad : List.of("", "%", "%00", "%ff")) {
                cases.add(AbuseCase.get("no link", url.replace(good, bad), "RESOURCE_NOT_FOUND"));
            }
        }
        for (String method : List.of("POST", "PUT", "DELETE")) {
            cases.add(new AbuseCase("method", method, url, new byte[0], null, "405"));
        }
        refused(cases);
    }

    @Test
    void keyOfAnotherProjectLearnsNothing() throws IOException {
        WiredProject ours = server.ours;
        List<AbuseCase> cases = new ArrayList<>();
        for (String path : List.of(
                ours.path(),
                ours.path() + "/clusters",
                ours.path() + "/hosts",
                ours.path() + "/hosts/byName/" + ours.member.address(),
                ours.path(ours.sharded),
                ours.path(ours.sharded) + "/snapshots/" + ours.shardedSnapshot,
                ours.path(ours.replicaSet) + "/restoreJobs/" + job,
                ours.path(ours.mirrors.get(0)) + "/snapshots",
                ours.path() + "/backupConfigs",
                ours.path() + "/backupConfigs/" + ours.sharded.id(),
                ours.path() + "/backupConfigs/" + ours.sharded.id() + "/snapshotSchedule",
                ours.path(ours.mirrors.get(0)) + "/restoreJobs/" + configJob)) {
            cases.add(AbuseCase.get("foreign key", path, "NOT_IN_GROUP"));
        }
        String body = "{\"snapshotId\":\"" + ours.shardedSnapshot + "\"}";
        for (String path : List.of(ours.path(ours.sharded), ours.path(ours.mirrors.get(0)), ours.path())) {
            String noun = path.equals(ours.path()) ? "/hosts" : "/restoreJobs";
            cases.add(AbuseCase.post("foreign key", path + noun, body, "NOT_IN_GROUP"));
        }
        refused(cases, server.foreignKey, ours.secrets());
    }

    @Test
    void badQueriesAreRefused() throws IOException {
        refused(BadQueries.cases(server.ours));
    }

    @Test
    void malformedAndUnknownQueriesAreIgnored() throws IOException {
        WiredProject ours = server.ours;
        try (SignedClient client = server.client(server.owner)) {
            for (String path : List.of(ours.path() + "/clusters", ours.path(ours.replicaSet) + "/restoreJobs")) {
                for (String query : BadQueries.harmless()) {
                    assertThat(client.get(path + query).status())
                            .as(path + query)
                            .isEqualTo(200);
                }
            }
        }
    }

    private void refused(List<AbuseCase> cases) throws IOException {
        refused(cases, server.owner, server.theirs.secrets());
    }

    private void refused(List<AbuseCase> cases, NewApiKey key, List<String> secrets) throws IOException {
        SoftAssertions all = new SoftAssertions();
        long before = made();
        try (SignedClient client = server.client(key)) {
            for (AbuseCase abuse : cases) {
                WireAnswer answer = abuse.send(client);
                List<String> faults = faults(abuse, answer, secrets);
                if (answer.status() < 400 || abuse.body() != null) {
                    long after = made();
                    if (after != before) {
                        faults.add("made something");
                        before = after;
                    }
                }
                all.assertThat(faults)
                        .as(abuse + "\n" + answer.status() + " " + clipped(answer.text()))
                        .isEmpty();
            }
        }
        all.assertAll();
    }

    private List<String> faults(AbuseCase abuse, WireAnswer answer, List<String> secrets) {
        List<String> faults = new ArrayList<>();
        if (answer.status() < 400 || answer.status() > 499) {
            faults.add("status " + answer.status());
            return faults;
        }
        JsonNode document = answer.json();
        String code = document.path("errorCode").textValue();
        Set<String> fields = new TreeSet<>();
        document.fieldNames().forEachRemaining(fields::add);
        if (code == null) {
            if (!CODELESS.contains(answer.status()) || !fields.equals(Set.of("detail", "error", "reason"))) {
                faults.add("no code, and fields " + fields);
            }
        } else {
            if (ErrorCode.valueOf(code).status() != answer.status()) {
                faults.add(code + " does not go with " + answer.status());
            }
            if (!fields.equals(Set.of("detail", "error", "errorCode", "parameters", "reason"))) {
                faults.add("fields " + fields);
            }
        }
        if (document.path("error").intValue() != answer.status()) {
            faults.add("error is not the status");
        }
        if (document.path("detail").asText().isBlank()
                || document.path("reason").asText().isBlank()) {
            faults.add("no text");
        }
        String expected = abuse.expected();
        String got = code == null ? String.valueOf(answer.status()) : code;
        if (!List.of(expected.split("\\|")).contains(got)) {
            faults.add("expected " + expected);
        }
        for (String secret : secrets) {
            if (answer.text().contains(secret) && !abuse.said().contains(secret)) {
                faults.add("tells " + secret);
            }
        }
        if (answer.text().length() > 8192 + 2 * abuse.said().length()) {
            faults.add("answer of " + answer.text().length());
        }
        return faults;
    }

    private static String clipped(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }

    /** Rows of all that a request can make. */
    private long made() {
        return server.rows("restore_job")
                + server.rows("host")
                + server.rows("delivery_link")
                + server.rows("access_key")
                + server.rows("access_grant")
                + server.rows("access_list_entry")
                + server.rows("project")
                + server.rows("organisation")
                + server.rows("snapshot_run")
                + server.rows("assignment");
    }
}
