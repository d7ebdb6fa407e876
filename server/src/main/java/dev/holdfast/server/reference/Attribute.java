package dev.holdfast.server.reference;

/**
 * An attribute of a request's body.
 *
 * @param name as sent; what is nested has a dot before it
 * @param type {@code string}, {@code integer}, {@code boolean} or {@code array} (of strings)
 * @param required whether a request without it is refused
 * @param text what it is
 */
public record Attribute(String name, String type, boolean required, String text) {
    static Attribute of(String name, String type, String text) {
        return new Attribute(name, type, false, text);
    }

    static Attribute required(String name, String type, String text) {
        return new Attribute(name, type, true, text);
    }
}
