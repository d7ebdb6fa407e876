package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.server.drill.DrillState;
import dev.holdfast.server.drill.WiredTigerVerify;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the wired server makes of damage in its store, and of its end. */
final class DamagedStoreTest {
    private static final String OURS = "/api/holdfast/v1";

    @TempDir
    private Path directory;

    private WiredServer server;
    private WiredProject ours;
    private SignedClient owner;

    @BeforeEach
    void start() throws IOException {
        server = new WiredServer(directory);
        ours = server.ours;
        owner = server.client(server.owner);
    }

    @AfterEach
    void stop() throws IOException {
        owner.close();
        server.close();
    }

    @Test
    void damageThatTheScrubFinds_breaksJobs_refusesNewOnes_andIsShown_untilItIsMended() throws IOException {
        String job = job().path("id").textValue();
        assertThat(state(job)).isEqualTo("FINISHED");
        List<Path> packs = packs();
        for (Path pack : packs) {
            flip(pack);
        }
        scrub();
        assertThat(state(job)).isEqualTo("BROKEN");
        WireAnswer refused = owner.post(
                ours.path(ours.replicaSet) + "/restoreJobs", "{\"snapshotId\":\"" + ours.replicaSetSnapshot + "\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("errorCode").textValue())
                .isEqualTo("CANNOT_START_RESTORE_JOB_FOR_DAMAGED_SNAPSHOT");
        assertThat(refused.json().path("detail").textValue())
                .contains(ours.replicaSetSnapshot)
                .contains(".pack");
        JsonNode shown =
                owner.get(OURS + "/snapshots/" + ours.replicaSetSnapshot).json();
        assertThat(shown.at("/parts/0/damaged").textValue()).contains("damaged at offset");

        JsonNode scrub = owner.get(OURS + "/scrub").json();
        assertThat(scrub.path("findings"))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.path("parts").findValuesAsText("groupId"))
                        .containsOnly(ours.group.id().hex()));
        assertThat(scrub.findValuesAsText("snapshotId")).contains(ours.replicaSetSnapshot);
        assertThat(scrub.path("ageSeconds").longValue()).isZero();

        for (Path pack : packs) {
            flip(pack);
        }
        server.clock.advance(Duration.ofDays(1));
        scrub();
        try (SignedClient later = server.client(server.owner)) {
            assertThat(later.get(OURS + "/scrub").json().path("findings")).isEmpty();
            assertThat(later.post(
                                    ours.path(ours.replicaSet) + "/restoreJobs",
                                    "{\"snapshotId\":\"" + ours.replicaSetSnapshot + "\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(later.get(ours.path(ours.replicaSet) + "/restoreJobs/" + job)
                            .json()
                            .path("statusName")
                            .textValue())
                    .as("nothing leaves BROKEN")
                    .isEqualTo("BROKEN");
        }
    }

    @Test
    void storeThatIsOlderThanItsRows_breaksJobs_andIsMendedByItsReturn() throws IOException {
        String job = job().path("id").textValue();
        Path manifests = directory.resolve("data/store/manifests");
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(manifests, elsewhere);
        scrub();
        assertThat(state(job)).isEqualTo("BROKEN");
        assertThat(owner.get(OURS + "/snapshots/" + ours.replicaSetSnapshot)
                        .json()
                        .at("/parts/0/damaged")
                        .textValue())
                .contains("is missing");
        assertThat(owner.get(OURS + "/scrub").json().findValuesAsText("snapshotId"))
                .contains(ours.replicaSetSnapshot);

        Files.move(elsewhere, manifests);
        server.clock.advance(Duration.ofDays(1));
        scrub();
        try (SignedClient later = server.client(server.owner)) {
            assertThat(later.get(OURS + "/scrub").json().path("findings")).isEmpty();
        }
    }

    @Test
    void aRoundIsNotBegunAgainWithinADay() {
        scrub();
        var ended = server.wiring.scrubs().state().lastEnded();
        server.clock.advance(Duration.ofHours(23));
        server.wiring.scrubber().tick();
        assertThat(server.wiring.scrubs().state().lastEnded()).isEqualTo(ended);
        server.clock.advance(Duration.ofHours(1));
        scrub();
        assertThat(server.wiring.scrubs().state().lastEnded()).isAfter(ended);
    }

    @Test
    void findingsOfOtherProjects_areNotShown() throws IOException {
        for (Path pack : packs()) {
            flip(pack);
        }
        scrub();
        try (SignedClient stranger = server.client(server.foreignKey);
                SignedClient all = server.client(server.everywhere)) {
            assertThat(stranger.get(OURS + "/scrub").json().path("findings").findValuesAsText("groupId"))
                    .doesNotContain(ours.group.id().hex());
            assertThat(all.get(OURS + "/scrub").json().path("findings").findValuesAsText("groupId"))
                    .contains(ours.group.id().hex(), server.theirs.group.id().hex());
        }
    }

    @Test
    void drillOverTheApi_hashesEveryFile_andIsPartOfTheSnapshot_andWhoMayNotIsRefused() throws Exception {
        String path = OURS + "/snapshots/" + ours.replicaSetSnapshot;
        WireAnswer begun = owner.post(path + "/drills", "{}");
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
        String id = begun.json().path("id").textValue();
        JsonNode drill = begun.json();
        while (drill.path("statusName").textValue().equals("RUNNING")) {
            Thread.sleep(20);
            drill = owner.get(path + "/drills/" + id).json();
        }
        assertThat(drill.path("files").longValue()).as(drill.toString()).isEqualTo(3);
        // what these tests capture is called like WiredTiger's files and is noise: where wt is asked, it must see that
        boolean asked = new WiredTigerVerify(System.getenv("PATH")).isInstalled();
        assertThat(drill.path("statusName").textValue())
                .isEqualTo((asked ? DrillState.FAILED : DrillState.PASSED).name());
        assertThat(drill.path("wiredTiger").textValue())
                .contains(asked ? "WiredTiger does not open it" : "NOT CHECKED BY WIREDTIGER");
        assertThat(owner.get(path).json().at("/drills/0/id").textValue()).isEqualTo(id);
        assertThat(owner.get(path + "/drills").json().path("totalCount").intValue())
                .isEqualTo(1);
        try (Stream<Path> left = Files.list(directory.resolve("data/drills"))) {
            assertThat(left).isEmpty();
        }
        try (SignedClient reader = server.client(server.reader);
                SignedClient stranger = server.client(server.foreignKey)) {
            assertThat(reader.get(path).status()).isEqualTo(200);
            assertThat(reader.post(path + "/drills", "{}").status()).isIn(401, 403);
            assertThat(stranger.get(path).status()).isEqualTo(404);
            assertThat(stranger.post(path + "/drills", "{}").status()).isIn(403, 404);
            assertThat(stranger.get(OURS + "/snapshots/000000000000000000000000")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void drillOfADamagedSnapshot_fails_andMarksIt() throws Exception {
        for (Path pack : packs()) {
            flip(pack);
        }
        var snapshot = server.wiring
                .snapshots()
                .find(new dev.holdfast.contract.id.SnapshotId(ours.replicaSetSnapshot))
                .orElseThrow();
        var drill = server.wiring.drills().makeNow(snapshot);
        assertThat(drill.result().state()).isEqualTo(DrillState.FAILED);
        assertThat(drill.result().message()).contains(".pack");
        assertThat(owner.get(OURS + "/snapshots/" + ours.replicaSetSnapshot)
                        .json()
                        .at("/parts/0/damaged")
                        .textValue())
                .isNotNull();
    }

    @Test
    void ageOfTheScrub_isKnownAfterItsFirstRound_andGrows() throws IOException {
        assertThat(metrics()).contains("holdfast_scrub_age_seconds NaN");
        scrub();
        assertThat(metrics()).contains("holdfast_scrub_age_seconds 0.0");
        server.clock.advance(Duration.ofMinutes(2));
        assertThat(metrics()).contains("holdfast_scrub_age_seconds 120.0");
    }

    private String metrics() throws IOException {
        try (WireClient client = new WireClient(server.port)) {
            return client.send("GET", "/metrics", List.of(), new byte[0]).text();
        }
    }

    private void scrub() {
        var before = server.wiring.scrubs().state().lastEnded();
        for (int i = 0; i < 100; i++) {
            server.wiring.scrubber().tick();
            var ended = server.wiring.scrubs().state().lastEnded();
            if (ended != null && !ended.equals(before)) {
                return;
            }
        }
        throw new AssertionError(
                "no round came to its end: " + server.wiring.scrubs().state());
    }

    private JsonNode job() throws IOException {
        return owner.post(
                        ours.path(ours.replicaSet) + "/restoreJobs",
                        "{\"snapshotId\":\"" + ours.replicaSetSnapshot + "\"}")
                .json()
                .at("/results/0");
    }

    private String state(String job) throws IOException {
        return owner.get(ours.path(ours.replicaSet) + "/restoreJobs/" + job)
                .json()
                .path("statusName")
                .textValue();
    }

    private List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data/store/packs"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).toList();
        }
    }

    private static void flip(Path pack) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
            file.seek(100);
            int old = file.read();
            file.seek(100);
            file.write(old ^ 1);
        }
    }
}
