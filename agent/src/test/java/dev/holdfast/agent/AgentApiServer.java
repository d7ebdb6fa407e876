package dev.holdfast.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.segment.SegmentCheck;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The agent API in memory: checks every segment, rebuilds the files of a committed part, and fails as it is told. */
final class AgentApiServer implements AutoCloseable {
    static final String KEY = "hf-agent-0123456789abcdef";
    static final String GROUP = "5f0000000000000000000001";
    static final int BLOCK = 65_536;

    /** A file, directory or link as a restore would make it. */
    record Restored(FileEntry entry, byte[] content) {}

    /** What happens to a request instead of, or after, what should. */
    enum Fault {
        UNAVAILABLE,
        /** 507: there is no room left. */
        FULL,
        CUT_BEFORE,
        CUT_AFTER,
        PART_LOST
    }

    private record Planned(Predicate<String> path, Fault fault) {}

    final List<String> requests = new CopyOnWriteArrayList<>();
    volatile int mostMissing = AgentApi.MAX_OFFER;
    final List<AgentApi.BeginPart> parts = new CopyOnWriteArrayList<>();
    final List<BlockId> stored = new CopyOnWriteArrayList<>();
    final Map<BlockId, byte[]> blocks = new ConcurrentHashMap<>();
    final Map<String, Restored> restored = new LinkedHashMap<>();
    final List<String> abandoned = new CopyOnWriteArrayList<>();
    final List<String> snapshotsCommitted = new CopyOnWriteArrayList<>();
    volatile int commits;
    /** Runs before a request is answered; gets its path below the project. */
    volatile Consumer<String> before = path -> {};
    /** Whether to keep blocks and files; a large test does without. */
    volatile boolean keep = true;

    private final ConcurrentLinkedQueue<Planned> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ids = new AtomicInteger(16);
    private final SegmentCheck check = new SegmentCheck();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    AgentApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next request whose path has {@code part} in it meets {@code fault}; {@code times} of them do. */
    void plan(String part, Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            faults.add(new Planned(path -> path.contains(part), fault));
        }
    }

    int requestsTo(String part) {
        return (int) requests.stream().filter(path -> path.contains(part)).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String prefix = AgentApi.BASE + "/groups/" + GROUP + "/";
            String whole = exchange.getRequestURI().getPath();
            String path = whole.startsWith(prefix) ? whole.substring(prefix.length()) : whole;
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + path);
            before.accept(path);
            Fault fault = fault(path);
            if (fault == Fault.CUT_BEFORE) {
                return;
            }
            if (fault == Fault.UNAVAILABLE) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                error(exchange, 503, "NONE", "The disk is away.");
            } else if (fault == Fault.FULL) {
                exchange.getResponseHeaders().set("Retry-After", "60");
                error(exchange, 507, "NONE", "No room left.");
            } else if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                error(exchange, 401, "NO_CURRENT_USER", "No agent key of this project.");
            } else if (fault == Fault.PART_LOST) {
                error(exchange, 404, "RESOURCE_NOT_FOUND", "No part with that ID is being captured.");
            } else {
                Reply reply = reply(exchange.getRequestMethod(), path, body);
                if (fault != Fault.CUT_AFTER) {
                    send(exchange, reply.status, reply.body);
                }
            }
        } catch (RuntimeException e) {
            error(exchange, 500, "UNEXPECTED_ERROR", e.toString());
        }
    }

    private record Reply(int status, byte[] body) {}

    private Reply reply(String method, String path, byte[] body) throws IOException {
        String[] names = path.split("/", -1);
        if (method.equals("DELETE")) {
            abandoned.add(names[1]);
            return new Reply(204, new byte[0]);
        }
        String last = names[names.length - 1];
        return switch (last) {
            case "snapshots" -> {
                AgentApi.BeginSnapshot begin = ApiJson.mapper().readValue(body, AgentApi.BeginSnapshot.class);
                if ((begin.clusterId() == null) == (begin.hostId() == null)) {
                    throw new IllegalArgumentException("one owner");
                }
                yield json(201, new AgentApi.SnapshotBegun(id()));
            }
            case "parts" -> {
                parts.add(ApiJson.mapper().readValue(body, AgentApi.BeginPart.class));
                yield json(201, new AgentApi.PartBegun(id(), BLOCK, "fast"));
            }
            case "offer" -> new Reply(200, offer(body));
            case "segments" -> json(200, segments(ByteBuffer.wrap(body)));
            case "commit" -> {
                if (names[0].equals("snapshots")) {
                    snapshotsCommitted.add(names[1]);
                    yield json(200, new AgentApi.SnapshotCommitted(names[1], true));
                }
                yield commit(body);
            }
            default -> throw new IllegalArgumentException(path);
        };
    }

    private byte[] offer(byte[] ids) {
        int count = ids.length / BlockId.LENGTH;
        if (count == 0 || count > AgentApi.MAX_OFFER || ids.length % BlockId.LENGTH != 0) {
            throw new IllegalArgumentException("an offer of " + ids.length + " bytes");
        }
        BitSet wanted = new BitSet();
        for (int i = 0; i < count; i++) {
            BlockId id = BlockId.of(ids, i * BlockId.LENGTH);
            wanted.set(i, !id.equals(FileListReader.ZERO_BLOCK) && !blocks.containsKey(id));
        }
        return Arrays.copyOf(wanted.toByteArray(), (count + 7) / 8);
    }

    private synchronized AgentApi.SegmentsStored segments(ByteBuffer frames) {
        if (frames.remaining() > AgentApi.MAX_SEGMENTS_BODY) {
            throw new IllegalArgumentException("a body of " + frames.remaining() + " bytes");
        }
        int fresh = 0;
        int known = 0;
        while (frames.hasRemaining()) {
            BlockId id = BlockId.read(frames);
            byte[] plain = new byte[frames.getInt()];
            byte[] segment = new byte[frames.getInt()];
            frames.get(segment);
            check.check(segment, 0, segment.length, plain, plain.length);
            if (!id.equals(sha256(plain))) {
                throw new IllegalArgumentException("not the block " + id);
            }
            if (!keep) {
                fresh++;
            } else if (blocks.putIfAbsent(id, plain) == null) {
                stored.add(id);
                fresh++;
            } else {
                known++;
            }
        }
        return new AgentApi.SegmentsStored(fresh, known);
    }

    private synchronized Reply commit(byte[] body) throws IOException {
        FileListReader list = new FileListReader(new ByteArrayInputStream(body), BLOCK);
        Map<String, Restored> files = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        long bytes = 0;
        for (FileEntry entry = list.next(); entry != null; entry = list.next()) {
            bytes += entry.size();
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            BlockId[] ids = new BlockId[10];
            for (int n = list.readBlocks(ids); n > 0; n = list.readBlocks(ids)) {
                for (int i = 0; i < n; i++) {
                    byte[] plain = ids[i].equals(FileListReader.ZERO_BLOCK) ? new byte[BLOCK] : blocks.get(ids[i]);
                    if (plain == null && keep) {
                        missing.add(ids[i].toString());
                    } else if (keep) {
                        content.writeBytes(plain);
                    }
                }
            }
            String name = new String(entry.path(), StandardCharsets.ISO_8859_1);
            if (files.put(name, new Restored(entry, content.toByteArray())) != null) {
                throw new IllegalArgumentException("twice: " + name);
            }
        }
        if (!missing.isEmpty()) {
            return json(409, new AgentApi.BlocksMissing(missing.subList(0, Math.min(mostMissing, missing.size()))));
        }
        restored.clear();
        restored.putAll(files);
        commits++;
        return json(200, new AgentApi.PartCommitted(files.size(), bytes, 0, 0));
    }

    private Fault fault(String path) {
        for (Planned planned : faults) {
            if (planned.path.test(path) && faults.remove(planned)) {
                return planned.fault;
            }
        }
        return null;
    }

    private String id() {
        return String.format("5f%022x", ids.incrementAndGet());
    }

    private static BlockId sha256(byte[] plain) {
        try {
            return BlockId.of(MessageDigest.getInstance("SHA-256").digest(plain), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reply json(int status, Object document) {
        return new Reply(status, ApiJson.write(document, false));
    }

    private static void error(HttpExchange exchange, int status, String code, String detail) throws IOException {
        Map<String, Object> document = Map.of("detail", detail, "error", status, "errorCode", code, "reason", "x");
        send(exchange, status, ApiJson.write(document, false));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
