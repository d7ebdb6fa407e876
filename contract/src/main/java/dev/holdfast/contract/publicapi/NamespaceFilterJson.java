package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * Which namespaces are in a snapshot.
 *
 * @param filterList names of databases or collections
 * @param filterType {@code denylist}: all but those; {@code accessList}: only those
 */
public record NamespaceFilterJson(List<String> filterList, String filterType) {
    /** Everything is in it: a data directory is captured whole. */
    public static final NamespaceFilterJson EVERYTHING = new NamespaceFilterJson(List.of(), "denylist");
}
