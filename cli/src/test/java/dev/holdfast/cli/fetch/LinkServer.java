package dev.holdfast.cli.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A download link over real HTTP: ranges, cuts after so many bytes, refusals; it remembers which bytes left how often. */
public final class LinkServer implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    /** What is behind the link. */
    public final byte[] content;

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger refusals = new AtomicInteger();
    volatile String tag = "\"one\"";
    volatile int cutAfter = Integer.MAX_VALUE;
    volatile int status = 206;
    volatile String digest;
    volatile Runnable beforeEach = () -> {};
    volatile Runnable afterEach = () -> {};
    private final BitSet sent = new BitSet();
    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private long bytesSent;

    /** A link to {@code content}. */
    public LinkServer(byte[] content) throws IOException {
        this(content, null);
    }

    /** The same over https, if {@code tls} is not null. */
    LinkServer(byte[] content, SSLContext tls) throws IOException {
        this.content = content;
        this.scheme = tls == null ? "http" : "https";
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            this.server = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            this.server = https;
        }
        server.setExecutor(threads);
        server.createContext("/pull/", this::handle);
        server.start();
    }

    /** The link. */
    public URI url(String name) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/pull/job/secret-token/" + name);
    }

    synchronized long bytesSent() {
        return bytesSent;
    }

    /** Whether each byte left at least once. */
    synchronized boolean sentAll() {
        return sent.nextClearBit(0) == content.length;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(exchange.getRequestMethod() + " " + range);
        exchange.getResponseHeaders().set("ETag", tag);
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        if (digest != null) {
            exchange.getResponseHeaders().set("Repr-Digest", digest);
        }
        if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(status == 206 ? 200 : status, -1);
            exchange.close();
            return;
        }
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        int answer = match != null && !match.equals(tag) ? 412 : status;
        if (answer != 206) {
            byte[] said =
                    ("{\"detail\":\"said by the server\",\"error\":" + answer + "}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
            return;
        }
        beforeEach.run();
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            throw new IOException("a range was expected: " + range);
        }
        send(exchange, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)) + 1);
        afterEach.run();
    }

    private void send(HttpExchange exchange, int from, int to) throws IOException {
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
        exchange.sendResponseHeaders(206, to - from);
        int end = (int) Math.min(to, (long) from + cutAfter);
        synchronized (this) {
            sent.set(from, end);
            bytesSent += end - from;
        }
        OutputStream body = exchange.getResponseBody();
        body.write(content, from, end - from);
        body.flush();
        exchange.close(); // with less than was promised: a cut
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
