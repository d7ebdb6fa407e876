package dev.holdfast.server.reference;

import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.reference.Operation.Shape;
import java.util.Locale;

/**
 * What a route's path says about it: {@code GET …/clusters} is a list of what {@code ClusterJson} describes,
 * {@code GET …/clusters/{clusterId}} one of them, POST makes one, PATCH changes it, DELETE leaves nothing to show. A
 * route that is otherwise is in the {@link Catalogue}. Outside the public API a noun may be something else, so nothing is
 * said of its documents.
 */
final class Convention {
    private static final String RECORDS = Link.class.getPackageName() + ".";

    private Convention() {}

    static Operation of(RouteEntry route) {
        String[] segments = route.pattern().substring(1).split("/");
        String last = segments[segments.length - 1];
        boolean one = last.startsWith("{");
        String noun = one && segments.length > 1 ? segments[segments.length - 2] : last;
        boolean documented = route.pattern().startsWith(Catalogue.API);
        Class<?> list = documented ? record(singular(noun)) : null;
        Class<?> alone = documented && list == null ? record(capital(noun)) : list;
        if (route.streamed()) {
            return Operation.of(summary(route, noun, one), 200, Shape.BYTES, null);
        }
        return switch (route.method()) {
            case "GET" -> {
                boolean isList = !one && list != null && noun.endsWith("s");
                yield Operation.of(summary(route, noun, !isList), 200, isList ? Shape.LIST : Shape.ENTITY, alone);
            }
            case "POST" -> Operation.of(summary(route, noun, true), 201, Shape.ENTITY, alone);
            case "DELETE" -> Operation.of(summary(route, noun, true), 204, Shape.NONE, null);
            default -> Operation.of(summary(route, noun, true), 200, Shape.ENTITY, alone);
        };
    }

    private static String summary(RouteEntry route, String noun, boolean one) {
        String verb = switch (route.method()) {
            case "GET" -> one ? "One of" : "All";
            case "POST" -> "Adds to";
            case "PATCH", "PUT" -> "Changes one of";
            case "DELETE" -> "Deletes one of";
            default -> route.method();
        };
        return verb + " " + noun + ".";
    }

    private static String singular(String noun) {
        return capital(noun.endsWith("s") ? noun.substring(0, noun.length() - 1) : noun);
    }

    private static String capital(String noun) {
        return noun.isEmpty() ? noun : noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1);
    }

    private static Class<?> record(String name) {
        try {
            return Class.forName(RECORDS + name + "Json");
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
