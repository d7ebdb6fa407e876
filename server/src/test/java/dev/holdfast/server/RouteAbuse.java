package dev.holdfast.server;

import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.reference.Attribute;
import dev.holdfast.server.reference.Catalogue;
import dev.holdfast.server.reference.Operation;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be wrong with a request of a route: made of the route itself, so that a new one is abused like the others. */
final class RouteAbuse {
    private static final List<String> PAGING = List.of("pageNum", "itemsPerPage", "includeCount", "pretty", "envelope");

    private final Examples examples;
    private final Catalogue catalogue = new Catalogue();

    RouteAbuse(Examples examples) {
        this.examples = examples;
    }

    /**
     * A request.
     *
     * @param refused whether it must be; else it may be granted, if nothing is wrong with the answer
     */
    record Case(
            RouteEntry route,
            String name,
            String method,
            String target,
            String contentType,
            byte[] body,
            boolean refused) {
        /** What the caller said, and may be told again. */
        String said() {
            return target + new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            String text = method + " " + (target.length() > 200 ? target.substring(0, 200) : target) + " " + name;
            return body.length == 0 || body.length > 300 ? text : text + " " + new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Every variable of the path, each with what is no such value. */
    List<Case> paths(RouteEntry route) {
        List<Case> cases = new ArrayList<>();
        for (String variable : route.variables()) {
            String good = examples.value(route, variable);
            Set<String> values = new LinkedHashSet<>(BadValues.segments(good));
            values.remove(good);
            for (String bad : values) {
                boolean refused = variable.endsWith("Id");
                cases.add(of(route, "bad " + variable, examples.target(route, variable, bad), "{}", refused));
            }
        }
        return cases;
    }

    /** Every query parameter, each with what is no such value. */
    List<Case> queries(RouteEntry route) {
        List<Case> cases = new ArrayList<>();
        if (route.streamed() || route.method().equals("DELETE")) {
            return cases;
        }
        Set<String> names = new LinkedHashSet<>(catalogue.of(route).query().keySet());
        // whether a document is a list or not, it is the same code that reads the rest of them
        names.addAll(catalogue.of(route).shape() == Operation.Shape.LIST ? PAGING : List.of("envelope"));
        for (String name : names) {
            for (String value : BadValues.QUERIES) {
                String target = examples.target(route) + "?" + name + "=" + value;
                cases.add(of(route, "bad query", target, "{", false));
            }
        }
        for (String query : BadValues.ODD_QUERIES) {
            cases.add(of(route, "odd query", examples.target(route) + "?" + query, "{", false));
        }
        return cases;
    }

    /** Bodies that are none, bodies of other types, and every attribute with what is no such value. */
    List<Case> bodies(RouteEntry route) {
        List<Case> cases = new ArrayList<>();
        if (route.streamed() || !takesBody(route.method())) {
            return cases;
        }
        Operation operation = catalogue.of(route);
        boolean described = !operation.body().isEmpty();
        String target = examples.target(route);
        String good = json(operation, good(route, operation));
        for (Map.Entry<String, byte[]> bad : BadValues.bodies(good).entrySet()) {
            cases.add(new Case(
                    route, bad.getKey(), route.method(), target, "application/json", bad.getValue(), described));
        }
        for (String type : BadValues.CONTENT_TYPES) {
            byte[] body = good.getBytes(StandardCharsets.UTF_8);
            cases.add(new Case(route, "type " + type, route.method(), target, type, body, described));
        }
        Map<String, String> values = good(route, operation);
        for (String attribute : values.keySet()) {
            for (String bad : BadValues.JSON) {
                Map<String, String> changed = new LinkedHashMap<>(values);
                changed.put(attribute, bad);
                cases.add(of(route, "bad " + attribute, target, json(operation, changed), false));
            }
            Map<String, String> without = new LinkedHashMap<>(values);
            without.remove(attribute);
            cases.add(of(route, "no " + attribute, target, json(operation, without), false));
            Map<String, String> shouted = new LinkedHashMap<>(without);
            shouted.put(attribute.toUpperCase(Locale.ROOT), values.get(attribute));
            cases.add(of(route, "upper case", target, json(operation, shouted), described));
        }
        return cases;
    }

    /** Methods that no route of the path has. */
    List<Case> methods(RouteEntry route, List<RouteEntry> all) {
        Set<String> there = all.stream()
                .filter(other -> other.pattern().equals(route.pattern()))
                .map(RouteEntry::method)
                .collect(Collectors.toSet());
        List<Case> cases = new ArrayList<>();
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW")) {
            if (!there.contains(method)) {
                cases.add(new Case(route, "method", method, examples.target(route), null, new byte[0], true));
            }
        }
        return cases;
    }

    /** A body with good values, but for one attribute. */
    String bodyWith(RouteEntry route, String attribute, String value) {
        Operation operation = catalogue.of(route);
        Map<String, String> values = new LinkedHashMap<>(good(route, operation));
        values.put(attribute, value);
        return json(operation, values);
    }

    /** The attributes of a route's body. */
    Set<String> attributes(RouteEntry route) {
        return takesBody(route.method()) ? good(route, catalogue.of(route)).keySet() : Set.of();
    }

    /** The query parameters of a route's own. */
    Set<String> queriesOf(RouteEntry route) {
        return catalogue.of(route).query().keySet();
    }

    static boolean takesBody(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    private Map<String, String> good(RouteEntry route, Operation operation) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Attribute attribute : operation.body()) {
            // an attribute that is not required may exclude another one
            if (attribute.required()
                    || !operation.bodyIsArray() && operation.body().size() < 3) {
                values.put(attribute.name(), value(route, attribute.name(), attribute.type()));
            }
        }
        operation.body().forEach(attribute -> values.putIfAbsent(attribute.name(), "null"));
        if (values.isEmpty() && operation.type() != null && operation.type().isRecord()) {
            Arrays.stream(operation.type().getRecordComponents())
                    .map(RecordComponent::getName)
                    .forEach(name -> values.put(name, "null"));
        }
        return values;
    }

    private String value(RouteEntry route, String name, String type) {
        return switch (type) {
            case "integer" -> "1";
            case "boolean" -> "false";
            case "array" -> "[\"GROUP_READ_ONLY\"]";
            default -> "\"" + (name.endsWith("Id") ? examples.value(route, name) : "x") + "\"";
        };
    }

    private static String json(Operation operation, Map<String, String> values) {
        Map<String, String> flat = new LinkedHashMap<>();
        Map<String, List<String>> nested = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            int dot = name.indexOf('.');
            if (dot < 0) {
                flat.put(name, value);
            } else {
                nested.computeIfAbsent(name.substring(0, dot), key -> new ArrayList<>())
                        .add("\"" + name.substring(dot + 1) + "\":" + value);
            }
        });
        nested.forEach((name, inner) -> flat.put(name, "{" + String.join(",", inner) + "}"));
        String object = flat.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        return operation.bodyIsArray() ? "[" + object + "]" : object;
    }

    private static Case of(RouteEntry route, String name, String target, String json, boolean refused) {
        boolean body = takesBody(route.method()) && !route.streamed();
        return new Case(
                route,
                name,
                route.method(),
                target,
                body ? "application/json" : null,
                body ? json.getBytes(StandardCharsets.UTF_8) : new byte[0],
                refused);
    }
}
