package dev.holdfast.server.http;

import dev.holdfast.contract.publicapi.ErrorJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Writes answers, on the event loop only, and gets rid of bodies that nobody read. */
final class Wire {
    // written as the documentation writes them; case means nothing to programs, but people read curl's output
    private static final CharSequence DATE_NAME = HttpHeaders.createOptimized("Date");
    private static final CharSequence VARY = HttpHeaders.createOptimized("Vary");
    private static final CharSequence ACCEPT_ENCODING = HttpHeaders.createOptimized("Accept-Encoding");
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("Content-Type");
    private static final CharSequence CONTENT_ENCODING = HttpHeaders.createOptimized("Content-Encoding");
    private static final CharSequence CONTENT_LENGTH = HttpHeaders.createOptimized("Content-Length");
    private static final CharSequence CONNECTION = HttpHeaders.createOptimized("Connection");
    private static final CharSequence SERVICE_VERSION = HttpHeaders.createOptimized("X-MongoDB-Service-Version");
    private static final CharSequence HSTS = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence HSTS_VALUE = HttpHeaders.createOptimized("max-age=300");
    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

    // RFC 9110, section 5.6.7; always two digits for the day, unlike RFC_1123_DATE_TIME
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final CharSequence version;
    private final int unwantedBytes;
    private volatile DateText date = new DateText(Long.MIN_VALUE, "");

    Wire(HttpConfig config) {
        this.version = HttpHeaders.createOptimized(config.version().header());
        this.unwantedBytes = config.limits().bodyBytes();
    }

    /** Whether a body follows the head. */
    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && !length.equals("0") || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /** The length that the head gives, -1 when it gives none that a long holds. */
    static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !length.matches("[0-9]{1,18}")) {
            return -1;
        }
        return Long.parseLong(length);
    }

    /** Lets a client go on that waits for {@code 100 Continue}. */
    static void goOn(HttpServerRequest request) {
        String expect = request.getHeader(HttpHeaders.EXPECT);
        if ("100-continue".equalsIgnoreCase(expect)) {
            request.response().writeContinue();
        }
    }

    /** The headers that every answer to an authenticated caller bears. */
    void putStandardHeaders(HttpServerResponse response, Instant now) {
        response.putHeader(DATE_NAME, dateText(now)).putHeader(HSTS, HSTS_VALUE).putHeader(SERVICE_VERSION, version);
    }

    /** Writes a whole answer; does nothing when another has begun or the client is gone. */
    void send(HttpServerRequest request, Peer peer, Rendered answer, Instant now) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.ended() || response.closed()) {
            return;
        }
        boolean unread = hasBody(request) && !request.isEnded();
        // who waits for 100 Continue may send no body at all now, so the next bytes could be anything
        boolean endless = declaredLength(request) > unwantedBytes || request.getHeader(HttpHeaders.EXPECT) != null;
        boolean close = answer.close() || unread && endless;
        putHead(request, response, answer, close, now);
        if (unread) {
            discard(request, peer, close);
        }
        // before the end: the end begins the next request at once, if that was sent already, and it is busy then
        if (close) {
            peer.linger();
        } else {
            peer.expectHead();
        }
        boolean bodiless = answer.body().length == 0 || request.method().equals(HttpMethod.HEAD);
        var sent = bodiless ? response.end() : response.end(Buffer.buffer(answer.body()));
        if (close && !unread) {
            sent.onComplete(done -> peer.connection.close());
        }
    }

    private void putHead(
            HttpServerRequest request, HttpServerResponse response, Rendered answer, boolean close, Instant now) {
        int status = answer.status();
        response.setStatusCode(status);
        if (status >= 400) {
            response.setStatusMessage(ErrorJson.reason(status));
        }
        if (answer.authenticated()) {
            putStandardHeaders(response, now);
        } else {
            response.putHeader(DATE_NAME, dateText(now));
        }
        response.putHeader(VARY, ACCEPT_ENCODING);
        if (answer.contentType() != null) {
            response.putHeader(CONTENT_TYPE, answer.contentType());
        }
        if (answer.gzip()) {
            response.putHeader(CONTENT_ENCODING, GZIP);
        }
        if (status != 204 && status != 304) {
            response.putHeader(CONTENT_LENGTH, Integer.toString(answer.body().length));
        }
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            response.putHeader(header.getKey(), header.getValue());
        }
        if (close) {
            response.putHeader(CONNECTION, HttpHeaders.CLOSE);
        } else if (request.getHeader(HttpHeaders.CONNECTION) == null && request.version() == HttpVersion.HTTP_1_1) {
            response.putHeader(CONNECTION, HttpHeaders.KEEP_ALIVE);
        }
    }

    // An answer that is followed by a closed connection while bytes still come in is lost to the client (its system
    // throws the answer away on the reset). So some more is read; the peer's deadline ends what does not end itself.
    private void discard(HttpServerRequest request, Peer peer, boolean close) {
        long[] seen = {0};
        request.handler(bytes -> {
            seen[0] += bytes.length();
            if (seen[0] > unwantedBytes) {
                request.pause();
                peer.linger();
            }
        });
        if (close) {
            request.endHandler(nothing -> peer.connection.close());
        }
        request.resume();
    }

    private CharSequence dateText(Instant now) {
        DateText last = date;
        if (last.second != now.getEpochSecond()) {
            last = new DateText(now.getEpochSecond(), DATE.format(now));
            date = last;
        }
        return last.text;
    }

    private record DateText(long second, String text) {}
}
