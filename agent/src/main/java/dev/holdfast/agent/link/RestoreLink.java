package dev.holdfast.agent.link;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.agentapi.RestoreWork;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;

/** What a restore asks of the server: where its archive is, and the archive. For one thread. */
public final class RestoreLink {
    private static final Duration SHORT = Duration.ofMinutes(1);
    // from here on a server is silent, and another connection may do better
    private static final Duration STALL = Duration.ofMinutes(1);
    private static final int MOST_WORDS = 4096;

    private final Exchange exchange;
    private final HttpClient client;
    private final RetryPolicy policy;
    private final Pause pause;
    private final String server;
    private final String base;

    /** A link to a server; nothing is sent yet. The arguments are those of {@link WorkLink}. */
    public RestoreLink(URI server, GroupId group, AgentKey key, SSLContext tls, RetryPolicy policy, Pause pause) {
        this.exchange = new Exchange(key, tls, policy, pause);
        // another one, so that the key cannot come near a request that is its own credential
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.client = builder.build();
        this.policy = policy;
        this.pause = pause;
        String prefix = server.toString();
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        this.server = prefix;
        this.base = prefix + AgentApi.BASE + "/groups/" + group + "/";
    }

    /**
     * Where the archive is, and what it must hash to.
     *
     * @throws WorkLost if the attempt is over
     */
    public RestoreWork.Archive archive(AgentWork.Assigned work) throws InterruptedException {
        URI uri = URI.create(base + "restores/" + work.assignmentId());
        Reply reply = exchange.send("tell where the archive is", "GET", uri, Exchange.Body.NONE, SHORT);
        if (reply.status() == 404 && !reply.detail().isEmpty()) {
            throw new WorkLost(reply.detail());
        }
        if (reply.status() != 200) {
            throw reply.refusal();
        }
        return reply.document(RestoreWork.Archive.class);
    }

    /**
     * Downloads what {@code file} lacks of an archive, and goes on where a connection broke.
     *
     * @param path of the link
     * @param size of the whole archive; the file is no longer than that
     * @param progress hears how long the file is
     * @throws LinkEnded if the link gives nothing any more
     * @throws Unavailable if the server could not be reached, and went on so without a byte in between
     * @throws IOException if the file cannot be written
     */
    public void download(String path, Path file, long size, LongConsumer progress)
            throws IOException, InterruptedException {
        URI uri = URI.create(server + path);
        int attempt = 0;
        long have = sizeOf(file);
        while (have < size) {
            Trouble trouble = get(uri, file, have, size, progress);
            long now = sizeOf(file);
            if (now == size) {
                break;
            }
            attempt = now > have ? 1 : attempt + 1;
            have = now;
            if (attempt >= policy.attempts()) {
                throw new Unavailable("the archive could not be downloaded: " + trouble.what + " (after " + attempt
                        + " attempts)\nHINT: see that the server can be reached, and what its log says");
            }
            pause.pause(policy.delay(attempt, trouble.asked), "the archive: " + trouble.what);
        }
    }

    private record Trouble(String what, Duration asked) {}

    private Trouble get(URI uri, Path file, long have, long size, LongConsumer progress)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(SHORT);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofPublisher());
        } catch (IOException e) {
            return new Trouble(words(e), null);
        }
        try (Chunks body = Chunks.of(response.body())) {
            if (response.statusCode() == (have > 0 ? 206 : 200)) {
                requireRange(response, have, size);
                return take(body, file, have, size, progress);
            }
            String detail = detail(body);
            if (response.statusCode() >= 500 || response.statusCode() == 429) {
                return new Trouble("it answered " + response.statusCode() + ": " + detail, retryAfter(response));
            }
            throw new LinkEnded("the download link gives nothing: " + detail + " (HTTP " + response.statusCode()
                    + ")\nHINT: look at the restore job; create a new one if it is still needed");
        }
    }

    /** Reads on until the end or a break; a trouble with the file is no trouble of the connection. */
    private static Trouble take(Chunks body, Path file, long have, long size, LongConsumer progress)
            throws IOException, InterruptedException {
        try (FileChannel out = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS)) {
            long at = have;
            while (true) {
                List<ByteBuffer> piece;
                try {
                    piece = body.next(STALL);
                } catch (IOException e) {
                    return new Trouble(words(e), null);
                }
                if (piece == null) {
                    return new Trouble("it ended too early", null);
                }
                for (ByteBuffer bytes : piece) {
                    // a server that says more than it promised is not believed
                    bytes.limit(bytes.position() + (int) Math.min(bytes.remaining(), size - at));
                    while (bytes.hasRemaining()) {
                        at += out.write(bytes);
                    }
                }
                progress.accept(at);
            }
        }
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static void requireRange(HttpResponse<?> response, long have, long size) {
        String expected = have > 0 ? "bytes " + have + "-" + (size - 1) + "/" + size : Long.toString(size);
        String header = have > 0 ? "Content-Range" : "Content-Length";
        Optional<String> got = response.headers().firstValue(header);
        if (!got.equals(Optional.of(expected))) {
            throw new LinkEnded("the download link gives another archive than was promised: " + header + " is "
                    + got.orElse("absent") + " and not " + expected
                    + "\nHINT: is there a proxy in between that changes downloads?");
        }
    }

    private static String detail(Chunks body) throws InterruptedException {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        try {
            for (List<ByteBuffer> piece = body.next(SHORT); piece != null; piece = body.next(SHORT)) {
                for (ByteBuffer bytes : piece) {
                    byte[] some = new byte[Math.min(bytes.remaining(), MOST_WORDS - words.size())];
                    bytes.get(some);
                    words.writeBytes(some);
                }
            }
        } catch (IOException e) {
            return words(e);
        }
        String detail = new Reply("download", 0, words.toByteArray()).detail();
        return detail.isEmpty() ? words.toString(StandardCharsets.UTF_8).strip() : detail;
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    private static String words(IOException e) {
        return "the connection broke (" + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                + ")";
    }
}
