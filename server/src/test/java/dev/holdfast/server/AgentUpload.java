package dev.holdfast.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Puts snapshots in over the agent API, a block to a request: small ones only. */
final class AgentUpload implements AutoCloseable {
    private final WireClient wire;
    private final String base;
    private final String token;

    AgentUpload(int port, GroupId group, String token) {
        this.wire = new WireClient(port);
        this.base = AgentApi.BASE + "/groups/" + group;
        this.token = token;
    }

    /** Begins a snapshot of a cluster, {@code clusterId}, or of a mirrored config server, {@code hostId}. */
    String begin(String kind, String id, int hours) throws IOException {
        return json(base + "/snapshots", "{\"" + kind + "\":\"" + id + "\",\"expiresInHours\":" + hours + "}")
                .get("snapshotId")
                .textValue();
    }

    /** Adds a part with these files, by name. */
    void part(String snapshot, String kind, String id, long seconds, Map<String, byte[]> files) throws IOException {
        part(snapshot, kind, id, seconds, files, "");
    }

    /** The same, with {@code more} members of the request, each with a comma before it. */
    void part(String snapshot, String kind, String id, long seconds, Map<String, byte[]> files, String more)
            throws IOException {
        JsonNode begun = json(
                base + "/snapshots/" + snapshot + "/parts",
                "{\"" + kind + "\":\"" + id + "\",\"timestampSeconds\":" + seconds + ",\"timestampIncrement\":7" + more
                        + "}");
        int blockSize = begun.get("blockSize").intValue();
        String part = base + "/parts/" + begun.get("partId").textValue();
        SegmentEncoder encoder = new SegmentEncoder(
                SegmentLevel.valueOf(begun.get("level").textValue().toUpperCase(Locale.ROOT)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FileListWriter list = new FileListWriter(bytes, blockSize);
        list.entry(entry(FileEntry.Type.DIRECTORY, "", 0));
        for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
            byte[] content = file.getValue();
            list.entry(entry(FileEntry.Type.FILE, file.getKey(), content.length));
            for (int at = 0; at < content.length; at += blockSize) {
                byte[] plain = Arrays.copyOfRange(content, at, Math.min(content.length, at + blockSize));
                BlockId block = BlockId.of(sha256(plain), 0);
                send(part + "/segments", frame(block, plain, encoder), "application/octet-stream");
                list.block(block);
            }
        }
        list.finish();
        send(part + "/commit", bytes.toByteArray(), "application/octet-stream");
    }

    /** Ends the snapshot; whether all members are in it. */
    boolean commit(String snapshot) throws IOException {
        return json(base + "/snapshots/" + snapshot + "/commit", "{}")
                .get("complete")
                .booleanValue();
    }

    private JsonNode json(String target, String body) throws IOException {
        return send(target, body.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private JsonNode send(String target, byte[] body, String type) throws IOException {
        WireAnswer answer =
                wire.send("POST", target, List.of("Authorization: Bearer " + token, "Content-Type: " + type), body);
        if (answer.status() >= 300) {
            throw new AssertionError(target + ": " + answer);
        }
        return answer.json();
    }

    private static byte[] frame(BlockId block, byte[] plain, SegmentEncoder encoder) throws IOException {
        byte[] segment = new byte[SegmentEncoder.maxLength(plain.length)];
        int length = encoder.encode(plain, 0, plain.length, segment, 0);
        byte[] id = new byte[BlockId.LENGTH];
        block.write(id, 0);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(frame);
        out.write(id);
        out.writeInt(plain.length);
        out.writeInt(length);
        out.write(segment, 0, length);
        return frame.toByteArray();
    }

    private static FileEntry entry(FileEntry.Type type, String path, long size) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int mode = type == FileEntry.Type.FILE ? 0600 : 0700;
        return new FileEntry(type, name, mode, 1, 2, "mongod", "mongod", 1_456_098_701, 0, size, new byte[0]);
    }

    private static byte[] sha256(byte[] plain) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(plain);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
