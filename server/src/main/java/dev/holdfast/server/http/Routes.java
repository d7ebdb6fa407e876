package dev.holdfast.server.http;

/** The routes of one noun. */
@FunctionalInterface
public interface Routes {
    /** Adds them to the table. */
    void addTo(RouteTable table);
}
