package dev.holdfast.agent.restore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.contract.agentapi.RestoreWork;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one archive as a download link does, and tells where it is; fails as it is told. */
final class RestoreServer implements AutoCloseable {
    static final String LINK = "/backup/restore/v2/pull/56da071f8d022d10b2f0a7c4/dG9rZW4=/top.tar.gz";

    final byte[] archive;
    final List<String> ranges = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    /** Of one answer no more bytes leave than this; then the connection breaks. */
    volatile int cutAfter = Integer.MAX_VALUE;
    /** Of one answer no more bytes leave than this; then nothing happens for ever. */
    volatile int haltAfter = Integer.MAX_VALUE;
    /** An error that the link answers instead, 0 for none. */
    volatile int linkStatus;
    /** How many more questions are answered without hashes. */
    volatile int withoutHashes;
    /** Bytes that are false on their way. */
    volatile boolean damaging;
    /** Whether the attempt is over. */
    volatile boolean over;
    /** Open when an answer has been halted. */
    final CountDownLatch halted = new CountDownLatch(1);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    RestoreServer(byte[] archive) throws IOException {
        this.archive = archive;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/agent/", this::where);
        server.createContext("/backup/", this::download);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void where(HttpExchange exchange) throws IOException {
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (over) {
            answer(exchange, 404, new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "x").document());
            return;
        }
        boolean known = withoutHashes-- <= 0;
        answer(
                exchange,
                200,
                new RestoreWork.Archive(LINK, known ? hash("SHA-1") : null, known ? hash("SHA-256") : null));
    }

    private void download(HttpExchange exchange) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            throw new AssertionError("the key went with a download");
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        if (linkStatus != 0) {
            answer(exchange, linkStatus, new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "download").document());
            return;
        }
        int from = range == null ? 0 : Integer.parseInt(range.substring(6, range.length() - 1));
        if (range != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (archive.length - 1) + "/" + archive.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, archive.length - from);
        int count = Math.min(archive.length - from, Math.min(cutAfter, haltAfter));
        byte[] bytes = Arrays.copyOfRange(archive, from, from + count);
        if (damaging) {
            bytes[count / 2] ^= 1;
        }
        OutputStream body = exchange.getResponseBody();
        body.write(bytes);
        body.flush();
        if (from + count < archive.length && haltAfter <= cutAfter) {
            halted.countDown();
            return;
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, Object document) throws IOException {
        byte[] bytes = ApiJson.write(document, false);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String hash(String name) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(archive));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
