package dev.holdfast.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An answer as it came over the wire; headers are lines, in order. */
record WireAnswer(int status, String reason, List<String> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The value of the only header of that name, null when there is none. */
    String header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        List<String> values = headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
        if (values.size() > 1) {
            throw new AssertionError("several headers " + name + ": " + values);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + this, e);
        }
    }

    /** The error code of the document, null when it has none. */
    String errorCode() {
        return json().path("errorCode").textValue();
    }

    /** The parameters of an error document. */
    List<String> parameters() {
        List<String> values = new ArrayList<>();
        json().path("parameters").forEach(value -> values.add(value.textValue()));
        return values;
    }

    @Override
    public String toString() {
        return status + " " + reason + "\n" + String.join("\n", headers) + "\n\n" + text();
    }
}
