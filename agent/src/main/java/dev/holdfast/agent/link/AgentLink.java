package dev.holdfast.agent.link;

import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** The agent API of one project, as methods. Safe for several threads. */
public final class AgentLink {
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration TRANSFER = Duration.ofMinutes(10);
    // a commit of a terabyte looks up millions of blocks
    private static final Duration COMMIT = Duration.ofHours(2);
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    private final Exchange exchange;
    private final String base;

    /**
     * A link to a server; nothing is sent yet.
     *
     * @param server scheme, host, port, perhaps the start of a path
     * @param group the project that {@code key} is of
     * @param tls whom to trust; null for the authorities that come with Java
     */
    public AgentLink(URI server, GroupId group, AgentKey key, SSLContext tls, RetryPolicy policy, Pause pause) {
        this.exchange = new Exchange(key, tls, policy, pause);
        String prefix = server.toString();
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        this.base = prefix + AgentApi.BASE + "/groups/" + group + "/";
    }

    /** Begins a snapshot. */
    public SnapshotId beginSnapshot(AgentApi.BeginSnapshot snapshot) throws InterruptedException {
        Reply reply = post("begin a snapshot", "snapshots", json(snapshot), SHORT);
        String id = expect(reply, 201).document(AgentApi.SnapshotBegun.class).snapshotId();
        return SnapshotId.parse(id).orElseThrow(() -> badAnswer("a snapshot id", id));
    }

    /** Begins a part. */
    public AgentApi.PartBegun beginPart(SnapshotId snapshot, AgentApi.BeginPart part) throws InterruptedException {
        Reply reply = post("begin a part", "snapshots/" + snapshot + "/parts", json(part), SHORT);
        AgentApi.PartBegun begun = expect(reply, 201).document(AgentApi.PartBegun.class);
        if (PartId.parse(begun.partId()).isEmpty()) {
            throw badAnswer("a part id", begun.partId());
        }
        return begun;
    }

    /**
     * Offers blocks.
     *
     * @param blocks at most {@link AgentApi#MAX_OFFER}
     * @return which of them the server wants
     * @throws PartLost if the server has forgotten the part
     */
    public BitSet offer(PartId part, List<BlockId> blocks) throws InterruptedException {
        byte[] ids = new byte[blocks.size() * BlockId.LENGTH];
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).write(ids, i * BlockId.LENGTH);
        }
        Exchange.Body body = new Exchange.Body(BYTES, BodyPublishers.ofByteArray(ids));
        Reply reply = ofPart(post("take an offer of blocks", "parts/" + part + "/offer", body, TRANSFER), 200);
        int expected = (blocks.size() + 7) / 8;
        if (reply.body().length != expected) {
            throw badAnswer(expected + " bytes of bits", reply.body().length + " bytes");
        }
        return BitSet.valueOf(reply.body());
    }

    /**
     * Sends frames, at most {@link AgentApi#MAX_SEGMENTS_BODY} bytes of them.
     *
     * @throws PartLost if the server has forgotten the part
     */
    public void send(PartId part, List<byte[]> frames) throws InterruptedException {
        long length = frames.stream().mapToLong(frame -> frame.length).sum();
        Exchange.Body body =
                new Exchange.Body(BYTES, BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(frames), length));
        Reply reply = ofPart(post("take segments", "parts/" + part + "/segments", body, TRANSFER), 200);
        AgentApi.SegmentsStored stored = reply.document(AgentApi.SegmentsStored.class);
        if (stored.stored() + stored.known() != frames.size()) {
            throw badAnswer(frames.size() + " segments taken", (stored.stored() + stored.known()) + " of them");
        }
    }

    /**
     * Commits a part.
     *
     * @param fileList a file that holds the list of files
     * @throws BlocksWanted if blocks are missing: send them and commit again
     * @throws PartLost if the server has forgotten the part
     */
    public AgentApi.PartCommitted commit(PartId part, Path fileList) throws InterruptedException, BlocksWanted {
        Reply reply;
        try {
            Exchange.Body body = new Exchange.Body(BYTES, BodyPublishers.ofFile(fileList));
            reply = post("commit the part", "parts/" + part + "/commit", body, COMMIT);
        } catch (FileNotFoundException e) {
            throw new CaptureFailed(
                    "the list of files, " + fileList + ", is gone\nHINT: does something clean the"
                            + " directory for temporary files?",
                    e);
        }
        if (reply.status() == 409 && reply.errorCode().isEmpty()) {
            throw new BlocksWanted(wanted(reply));
        }
        return ofPart(reply, 200).document(AgentApi.PartCommitted.class);
    }

    /** Abandons a part; nothing that was stored for it is referenced. A part that is not there is abandoned already. */
    public void abandon(PartId part) throws InterruptedException {
        Reply reply = exchange.send("abandon the part", "DELETE", uri("parts/" + part), Exchange.Body.NONE, SHORT);
        if (reply.status() != 404) {
            expect(reply, 204);
        }
    }

    /** Commits a snapshot; answers whether it has all parts of its cluster. */
    public boolean commitSnapshot(SnapshotId snapshot) throws InterruptedException {
        Reply reply = post("commit the snapshot", "snapshots/" + snapshot + "/commit", Exchange.Body.NONE, COMMIT);
        return expect(reply, 200).document(AgentApi.SnapshotCommitted.class).complete();
    }

    private static Set<BlockId> wanted(Reply reply) {
        List<String> missing = reply.document(AgentApi.BlocksMissing.class).missing();
        if (missing == null || missing.isEmpty() || missing.size() > AgentApi.MAX_OFFER) {
            throw badAnswer("the missing blocks", "none or too many");
        }
        Set<BlockId> wanted = new HashSet<>();
        for (String hex : missing) {
            if (!hex.matches("[0-9a-f]{64}")) {
                throw badAnswer("the missing blocks", hex);
            }
            wanted.add(BlockId.of(HexFormat.of().parseHex(hex), 0));
        }
        return wanted;
    }

    private Reply post(String what, String path, Exchange.Body body, Duration timeout) throws InterruptedException {
        return exchange.send(what, "POST", uri(path), body, timeout);
    }

    private URI uri(String path) {
        return URI.create(base + path);
    }

    private static Exchange.Body json(Object document) {
        return new Exchange.Body(JSON, BodyPublishers.ofByteArray(ApiJson.write(document, false)));
    }

    private static Reply ofPart(Reply reply, int status) {
        if (reply.status() == 404 && !reply.detail().isEmpty()) {
            throw new PartLost(reply.detail());
        }
        return expect(reply, status);
    }

    private static Reply expect(Reply reply, int status) {
        if (reply.status() != status) {
            throw reply.refusal();
        }
        return reply;
    }

    private static CaptureFailed badAnswer(String expected, String got) {
        return new CaptureFailed("the server should have answered " + expected + ", not " + got
                + "\nHINT: agent and server may be of different versions");
    }
}
