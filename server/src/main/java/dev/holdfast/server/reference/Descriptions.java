package dev.holdfast.server.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The Javadoc of the records of {@code contract.publicapi}, as {@code descriptions.json} keeps it. */
final class Descriptions {
    private static final String FILE = "descriptions.json";

    private final JsonNode texts;

    private Descriptions(JsonNode texts) {
        this.texts = texts;
    }

    /** Reads the file that lies beside this class. */
    static Descriptions read() {
        try (InputStream in = Descriptions.class.getResourceAsStream(FILE)) {
            return new Descriptions(
                    in == null
                            ? ApiJson.mapper().createObjectNode()
                            : ApiJson.mapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    /** What a record is, null when nothing says. */
    String of(Class<?> record) {
        return texts.path(name(record)).textValue();
    }

    /** What a component of a record is, null when nothing says. */
    String of(Class<?> record, String component) {
        return texts.path(name(record) + "." + component).textValue();
    }

    private static String name(Class<?> record) {
        Class<?> outer = record.getEnclosingClass();
        return outer == null ? record.getSimpleName() : name(outer) + "." + record.getSimpleName();
    }
}
