package dev.holdfast.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request that must be refused.
 *
 * @param name what is wrong with it
 * @param body null for none
 * @param expected the error code that the documentation has for it, or several with {@code |} between them; a number for a
 *     status without a code
 */
record AbuseCase(String name, String method, String target, byte[] body, String contentType, String expected) {
    static AbuseCase get(String name, String target, String expected) {
        return new AbuseCase(name, "GET", target, null, null, expected);
    }

    static AbuseCase post(String name, String target, String json, String expected) {
        return post(name, target, json.getBytes(StandardCharsets.UTF_8), expected);
    }

    static AbuseCase post(String name, String target, byte[] body, String expected) {
        return new AbuseCase(name, "POST", target, body, "application/json", expected);
    }

    /** Everything that the caller said, and may be told again. */
    String said() {
        return target + (body == null ? "" : new String(body, StandardCharsets.UTF_8));
    }

    WireAnswer send(SignedClient client) throws IOException {
        List<String> headers = contentType == null ? List.of() : List.of("Content-Type: " + contentType);
        return client.send(method, target, headers, body == null ? new byte[0] : body);
    }

    @Override
    public String toString() {
        return method + " " + (target.length() > 300 ? target.substring(0, 300) : target) + ": " + name;
    }
}
