package dev.holdfast.agent.link;

import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Sends one request until it is answered, with growing waits. Safe for several threads. */
final class Exchange {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** The server has no room left (RFC 4918, section 11.5). */
    private static final int FULL = 507;

    // too many requests; bad gateway, unavailable and gateway timeout, the last two also from a proxy in between
    private static final Set<Integer> TRY_AGAIN = Set.of(429, 502, 503, 504, FULL);

    private static final String ROOM =
            "make room on the disk of the server's store, or delete snapshots there and sweep";
    private static final String LOOK = "see that it runs and can be reached, and what its log says (is its disk full?)";

    private final AgentKey key;
    private final RetryPolicy policy;
    private final Pause pause;
    private final HttpClient client;

    Exchange(AgentKey key, SSLContext tls, RetryPolicy policy, Pause pause) {
        this.key = key;
        this.policy = policy;
        this.pause = pause;
        // never follows a redirect: the key must not go anywhere else
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.client = builder.build();
    }

    /** A body and its type; a body may be sent several times. */
    record Body(String contentType, BodyPublisher bytes) {
        static final Body NONE = new Body(null, HttpRequest.BodyPublishers.noBody());
    }

    /**
     * Sends a request.
     *
     * @param what what it is for, in words that follow "to"
     * @param timeout how long an answer may take
     * @return the answer, whatever its status but "try again"
     * @throws Unavailable if no attempt was answered
     */
    Reply send(String what, String method, URI uri, Body body, Duration timeout) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, body.bytes)
                .timeout(timeout)
                .header("Authorization", key.authorization())
                .header("Accept", "application/json");
        if (body.contentType != null) {
            request.header("Content-Type", body.contentType);
        }
        HttpRequest built = request.build();
        for (int attempt = 1; ; attempt++) {
            Duration asked = null;
            String trouble;
            boolean full = false;
            IOException cause = null;
            try {
                HttpResponse<byte[]> response = client.send(built, HttpResponse.BodyHandlers.ofByteArray());
                Reply reply = new Reply(what, response.statusCode(), response.body());
                if (!TRY_AGAIN.contains(reply.status())) {
                    return reply;
                }
                asked = retryAfter(response);
                full = reply.status() == FULL;
                trouble = (full ? "its store is full" : "it answered " + reply.status())
                        + (reply.detail().isEmpty() ? "" : ": " + reply.detail());
            } catch (SSLHandshakeException e) {
                throw new CaptureFailed(
                        "no secure connection to " + host(uri) + ": " + e.getMessage()
                                + "\nHINT: if a private authority signed its certificate, or nobody did, name the"
                                + " authority's (or the server's own) PEM certificate with --ca; the address must be"
                                + " one that the certificate names",
                        e);
            } catch (SSLException e) {
                if (isPlain(e)) {
                    throw new CaptureFailed(
                            host(uri) + " does not speak TLS\nHINT: give the address that \"holdfast serve\" printed,"
                                    + " with http if it serves without a certificate",
                            e);
                }
                cause = e;
                trouble = reason(e);
            } catch (IOException e) {
                cause = e;
                trouble = reason(e);
            }
            if (attempt >= policy.attempts()) {
                String message = "the server at " + host(uri) + " could not be asked to " + what + ": " + trouble
                        + " (after " + attempt + " attempts)\nHINT: " + (full ? ROOM : LOOK) + ", then capture again; "
                        + "what has arrived is not sent twice";
                throw full ? Unavailable.full(message, cause) : new Unavailable(message, cause);
            }
            pause.pause(policy.delay(attempt, asked), "the server at " + host(uri) + ": " + trouble);
        }
    }

    /** The JDK has no type of its own for an answer in clear text. */
    private static boolean isPlain(SSLException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("unrecognized ssl message");
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return e.getCause() instanceof UnresolvedAddressException
                            || e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException
                    ? "no address is known for that name"
                    : "no connection";
        }
        if (e instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        return "the connection broke (" + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                + ")";
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        Optional<String> header = response.headers().firstValue("Retry-After");
        // the other form, a date, is no better than our own wait
        return header.filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    private static String host(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
