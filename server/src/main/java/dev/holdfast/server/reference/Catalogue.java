package dev.holdfast.server.reference;

import dev.holdfast.server.http.RouteEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the path of an operation does not say. Entries of routes that are not there do no harm. */
public final class Catalogue {
    static final String API = "/api/public/v1.0";

    private final Map<String, UnaryOperator<Operation>> entries = new HashMap<>();

    /** Every entry. */
    public Catalogue() {
        DeploymentOperations.addTo(this);
        KeyOperations.addTo(this);
        BackupOperations.addTo(this);
        OwnOperations.addTo(this);
        PageOperations.addTo(this);
    }

    /** Whether a route gives files of the web pages, which are no part of the API. */
    public static boolean isPage(RouteEntry route) {
        return route.pattern().equals("/")
                || route.pattern().equals("/ui")
                || route.pattern().startsWith("/ui/");
    }

    /** The operation of a route: what its path says, corrected by its entry. */
    public Operation of(RouteEntry route) {
        return entries.getOrDefault(route.toString(), UnaryOperator.identity()).apply(Convention.of(route));
    }

    /** {@code path} without the prefix of the public API. */
    void add(String method, String path, UnaryOperator<Operation> entry) {
        addAt(method, API + path, entry);
    }

    void addAt(String method, String pattern, UnaryOperator<Operation> entry) {
        if (entries.put(method + " " + pattern, entry) != null) {
            throw new IllegalStateException("two entries for " + method + " " + pattern);
        }
    }
}
