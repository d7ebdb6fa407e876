package dev.holdfast.server.snapshot.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.database.Database;
import dev.holdfast.server.http.HttpConfig;
import dev.holdfast.server.http.HttpServerRunner;
import dev.holdfast.server.http.Router;
import dev.holdfast.server.snapshot.TestSnapshots;
import dev.holdfast.store.SnapshotStore;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** The agent API on a real port, and an agent that speaks to it. */
final class TestIngestServer implements AutoCloseable {
    final TestSnapshots made;
    final Path spool;
    private final HttpServerRunner server;
    private final SnapshotIngest ingest;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestIngestServer(Database database, SnapshotStore store, Path spool, long spoolReserve, Duration stall) {
        this.made = new TestSnapshots(database);
        this.spool = spool;
        IngestSettings settings =
                new IngestSettings(SegmentLevel.FAST, spool, spoolReserve, Duration.ofMinutes(15), 8, 2, 1, stall);
        RestoreInfo info = new RestoreInfo(made.there.groups, made.there.hosts);
        ingest = new SnapshotIngest(made.snapshots, info, store, settings, made.there.clock);
        ingest.start();
        Router router = new Router();
        new IngestRoutes(ingest, settings).addTo(router);
        server = new HttpServerRunner(
                HttpConfig.plain("127.0.0.1", 0), router, new OpenGate(), made.there.clock, made.there.ids);
        server.start();
    }

    /** A status and a body. */
    record Got(int status, byte[] body) {
        JsonNode json() {
            try {
                return ApiJson.mapper().readTree(body);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + new String(body, StandardCharsets.UTF_8), e);
            }
        }

        String code() {
            return json().path("errorCode").asText();
        }

        String detail() {
            return json().path("detail").asText();
        }
    }

    Got post(String path, Object json) {
        return send("POST", path, made.group, BodyPublishers.ofByteArray(ApiJson.write(json, false)), true);
    }

    Got post(String path, byte[] body) {
        return send("POST", path, made.group, BodyPublishers.ofByteArray(body), false);
    }

    Got send(String method, String path, GroupId agentOf, BodyPublisher body, boolean json) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(server.url() + "/agent/v1/groups/" + agentOf + "/" + path))
                .header("Authorization", "Bearer " + agentOf)
                .header("Content-Type", json ? "application/json" : "application/octet-stream")
                .timeout(Duration.ofSeconds(20))
                .method(method, body)
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            return new Got(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A connection on which a request with a body of {@code length} bytes was begun. */
    Socket begin(String path, long length) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(20_000);
        String head = "POST /agent/v1/groups/" + made.group + "/" + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer " + made.group + "\r\nContent-Length: " + length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Override
    public void close() {
        server.close();
        ingest.close();
    }
}
