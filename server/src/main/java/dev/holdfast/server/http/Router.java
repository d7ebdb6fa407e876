package dev.holdfast.server.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The routes of all rooms as a tree of path segments. Filled while the server is wired, only read afterwards.
 *
 * <p>Paths are matched as sent: an encoded letter in a fixed segment is another path. A variable segment takes any text
 * that is not empty and decodes as UTF-8.
 */
public final class Router implements RouteTable {
    private final RouteNode root = new RouteNode();
    private final List<RouteCounts> counts = new ArrayList<>();
    private final List<Route> all = new ArrayList<>();

    @Override
    public void add(String method, String pattern, Need need, Handler handler) {
        enter(method, pattern, need, false, handler, null);
    }

    @Override
    public void addListed(String method, String pattern, Need need, Handler handler) {
        enter(method, pattern, need, true, handler, null);
    }

    @Override
    public void addStream(String method, String pattern, Need need, StreamHandler handler) {
        enter(method, pattern, need, false, null, handler);
    }

    private void enter(
            String method, String pattern, Need need, boolean listed, Handler handler, StreamHandler stream) {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("a route begins with a slash: " + pattern);
        }
        List<String> names = new ArrayList<>();
        RouteNode node = root;
        if (pattern.length() > 1) {
            for (String segment : pattern.substring(1).split("/", -1)) {
                if (segment.isEmpty()) {
                    throw new IllegalArgumentException("a route has no empty segment: " + pattern);
                }
                boolean variable = segment.startsWith("{") && segment.endsWith("}");
                if (variable) {
                    names.add(segment.substring(1, segment.length() - 1));
                }
                node = variable ? node.variableChild() : node.fixedChild(segment);
            }
        }
        RouteCounts counted = new RouteCounts(method, pattern);
        Route route = new Route(method, pattern, List.copyOf(names), need, listed, handler, stream, counted);
        if (!node.enter(route)) {
            throw new IllegalStateException("two routes for " + method + " " + pattern);
        }
        counts.add(counted);
        all.add(route);
    }

    /** The figures of all routes, and then {@code others}. */
    List<RouteCounts> counts(RouteCounts others) {
        List<RouteCounts> figures = new ArrayList<>(counts);
        figures.add(others);
        return figures;
    }

    /** Every route that was entered so far, by pattern, then method. */
    public List<RouteEntry> routes() {
        return all.stream()
                .map(Route::entry)
                .sorted(Comparator.comparing(RouteEntry::pattern).thenComparing(RouteEntry::method))
                .toList();
    }

    /** Looks up a path that has no query and no trailing slash. */
    RouteMatch find(String method, String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return RouteMatch.Unknown.PATH;
        }
        Search search = new Search(method, path);
        if (path.length() == 1) {
            search.arrive(root, 0);
        } else {
            search.walk(root, 1, 0);
        }
        return search.outcome();
    }

    /** One look-up: depth first, the fixed child before the variable one. */
    private static final class Search {
        private static final int DEEPEST = 16;

        private final String method;
        private final String path;
        private final String[] raw = new String[DEEPEST];
        private RouteMatch.Found found;
        private Collection<String> allowed;

        Search(String method, String path) {
            this.method = method;
            this.path = path;
        }

        boolean walk(RouteNode node, int from, int depth) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            if (end == from) {
                return false;
            }
            RouteNode fixed = node.fixed(path, from, end);
            if (fixed != null && (slash < 0 ? arrive(fixed, depth) : walk(fixed, slash + 1, depth))) {
                return true;
            }
            RouteNode variable = node.variable();
            if (variable == null || depth == DEEPEST) {
                return false;
            }
            raw[depth] = path.substring(from, end);
            return slash < 0 ? arrive(variable, depth + 1) : walk(variable, slash + 1, depth + 1);
        }

        boolean arrive(RouteNode node, int depth) {
            if (node.isEmpty()) {
                return false;
            }
            String[] values = depth == 0 ? raw : Arrays.copyOf(raw, depth);
            for (int i = 0; i < depth; i++) {
                values[i] = PercentCode.decode(values[i], false);
                if (values[i] == null) {
                    return false;
                }
            }
            Route route = node.route(method);
            if (route != null) {
                found = new RouteMatch.Found(route, values);
                return true;
            }
            if (allowed == null) {
                allowed = new TreeSet<>();
            }
            allowed.addAll(node.methods());
            return false;
        }

        RouteMatch outcome() {
            if (found != null) {
                return found;
            }
            return allowed == null ? RouteMatch.Unknown.PATH : new RouteMatch.OtherMethods(List.copyOf(allowed));
        }
    }
}
