package dev.holdfast.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.ListJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Turns answers into bytes: envelope, pretty printing, gzip. Done on the worker, where time may be spent. */
final class Rendering {
    private static final String JSON = "application/json";

    // what the documentation prints for every 401; the text is ASCII, so either charset is right
    private static final String JSON_OF_401 = "application/json;charset=ISO-8859-1";

    // smaller bodies fit a packet anyway, and gzip makes them larger
    private static final int GZIP_FROM = 150;

    private Rendering() {}

    static Rendered render(Answer answer, Exchange exchange) {
        if (answer.document() == null) {
            return new Rendered(
                    answer.status(),
                    Rendered.NOTHING,
                    null,
                    false,
                    exchange.isAuthenticated(),
                    false,
                    answer.headers());
        }
        boolean envelope = "true".equals(exchange.query("envelope"));
        boolean pretty = "true".equals(exchange.query("pretty"));
        Object document = envelope ? enveloped(answer) : answer.document();
        byte[] body = ApiJson.write(document, pretty);
        boolean gzip = body.length >= GZIP_FROM && HeaderValues.acceptsGzip(exchange.header("Accept-Encoding"));
        return new Rendered(
                answer.status(),
                gzip ? gzip(body) : body,
                answer.status() == 401 ? JSON_OF_401 : JSON,
                gzip,
                exchange.isAuthenticated(),
                false,
                answer.headers());
    }

    private static Object enveloped(Answer answer) {
        if (answer.document() instanceof ListJson<?> list) {
            return new EnvelopedList(list.links(), list.results(), answer.status(), list.totalCount());
        }
        return new Enveloped(answer.document(), answer.document(), answer.status());
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The same document under the name of the endpoint pages and under that of the API principles. */
    private record Enveloped(Object content, Object envelope, int status) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record EnvelopedList(List<Link> links, List<?> results, int status, Long totalCount) {}
}
