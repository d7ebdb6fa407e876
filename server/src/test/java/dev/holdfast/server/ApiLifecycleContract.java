package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.SnapshotStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A snapshot from its deletion to the last of its bytes, over HTTP and through the whole server. */
abstract class ApiLifecycleContract {
    private static final byte[] NOTHING = {};

    private WiredServer server;
    private WiredProject ours;
    private SignedClient owner;

    /** A new server. */
    abstract WiredServer open() throws IOException;

    @BeforeEach
    void start() throws IOException {
        server = open();
        ours = server.ours;
        owner = server.client(server.owner);
    }

    @AfterEach
    void stop() throws IOException {
        owner.close();
        server.close();
    }

    @Test
    void deletedSnapshot_servesTheLinksThatExist_andThenItsBytesGo() throws IOException {
        SnapshotStore store = server.wiring.store();
        Set<PartId> all = store.parts(ours.group.id());
        WireAnswer made = owner.post(
                ours.path(ours.replicaSet) + "/restoreJobs",
                "{\"snapshotId\":\"" + ours.replicaSetSnapshot
                        + "\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":5,\"expirationHours\":1}}");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        String url = made.json().at("/results/0/delivery/url").textValue();
        String job = ours.path(ours.replicaSet) + "/restoreJobs/"
                + made.json().at("/results/0/id").textValue();

        assertThat(delete(ours.replicaSetSnapshot).status()).isEqualTo(204);
        assertThat(owner.get(snapshot(ours.replicaSetSnapshot)).errorCode()).isEqualTo("SNAPSHOT_NOT_FOUND");
        WireAnswer another = owner.post(
                ours.path(ours.replicaSet) + "/restoreJobs", "{\"snapshotId\":\"" + ours.replicaSetSnapshot + "\"}");
        assertThat(another.status()).isEqualTo(409);
        assertThat(another.errorCode()).isEqualTo("CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT");

        server.wiring.housekeeper().round();
        assertThat(store.parts(ours.group.id())).as("the link needs them").isEqualTo(all);
        assertThat(download(url).status()).isEqualTo(200);

        server.clock.advance(Duration.ofMinutes(119)); // the link, and its grace but for a minute
        server.wiring.housekeeper().round();
        assertThat(store.parts(ours.group.id())).isEqualTo(all);
        server.clock.advance(Duration.ofMinutes(11)); // beyond the last sign of life of the download, too
        server.wiring.housekeeper().round();
        assertThat(store.parts(ours.group.id())).hasSize(all.size() - 1);
        assertThat(download(url).status()).isEqualTo(410);
        JsonNode after = owner.get(job).json();
        assertThat(after.get("statusName").textValue()).as(after.toString()).isEqualTo("FINISHED");
    }

    @Test
    void whatIsNotDeleted_staysInTheStore_andIsRestored() throws IOException {
        assertThat(delete(ours.replicaSetSnapshot).status()).isEqualTo(204);
        server.wiring.housekeeper().round();
        WireAnswer job = owner.post(
                ours.path(ours.mirrors.get(0)) + "/restoreJobs", "{\"snapshotId\":\"" + ours.shardedSnapshot + "\"}");
        assertThat(download(job.json().at("/delivery/url").textValue()).status())
                .isEqualTo(200);
    }

    @Test
    void snapshotsExpire_butNotTheOneThatMustStay() throws IOException {
        String kept = snapshot(ours.replicaSetSnapshot);
        WireAnswer changed = owner.send(
                "PATCH",
                kept,
                List.of("Content-Type: application/json"),
                "{\"doNotDelete\":true}".getBytes(StandardCharsets.UTF_8));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().has("expires")).isFalse();
        server.clock.advance(Duration.ofHours(WiredServer.SNAPSHOT_HOURS).minusSeconds(1));
        server.wiring.housekeeper().round();
        assertThat(owner.get(ours.path(ours.sharded) + "/snapshots/" + ours.shardedSnapshot)
                        .status())
                .isEqualTo(200);
        server.clock.advance(Duration.ofSeconds(1));
        server.wiring.housekeeper().round();
        assertThat(owner.get(ours.path(ours.sharded) + "/snapshots/" + ours.shardedSnapshot)
                        .errorCode())
                .isEqualTo("SNAPSHOT_NOT_FOUND");
        assertThat(owner.get(kept).status()).isEqualTo(200);
        assertThat(server.wiring.store().parts(ours.group.id())).hasSize(1);
    }

    @Test
    void whoMayNot_deletesNothing() throws IOException {
        String path = snapshot(ours.replicaSetSnapshot);
        assertThat(statusOfDelete(server.client(server.reader), path)).isEqualTo(401);
        assertThat(statusOfDelete(server.client(server.monitor), path)).isEqualTo(401);
        assertThat(statusOfDelete(server.client(server.distant), path)).isEqualTo(403);
        assertThat(statusOfDelete(server.client(server.foreignKey), path)).isEqualTo(401);
        assertThat(owner.send(
                                "DELETE",
                                ours.path(ours.mirrors.get(0)) + "/snapshots/" + ours.shardedSnapshot,
                                List.of(),
                                NOTHING)
                        .status())
                .isEqualTo(405);
        assertThat(owner.get(path).status()).isEqualTo(200);
    }

    private static int statusOfDelete(SignedClient client, String path) throws IOException {
        try (client) {
            return client.send("DELETE", path, List.of(), NOTHING).status();
        }
    }

    private String snapshot(String id) {
        return ours.path(ours.replicaSet) + "/snapshots/" + id;
    }

    private WireAnswer delete(String id) throws IOException {
        return owner.send("DELETE", snapshot(id), List.of(), NOTHING);
    }

    private WireAnswer download(String url) throws IOException {
        return owner.anonymous("GET", URI.create(url).getRawPath(), List.of(), NOTHING);
    }
}
