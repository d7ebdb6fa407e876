package dev.holdfast.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A segment of the tree of routes: what may follow it, and the routes that end here. */
final class RouteNode {
    // short lists, compared in place: no text is cut out of the path to look it up
    private final List<String> names = new ArrayList<>();
    private final List<RouteNode> children = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private RouteNode variable;

    RouteNode fixedChild(String name) {
        int place = names.indexOf(name);
        if (place >= 0) {
            return children.get(place);
        }
        RouteNode child = new RouteNode();
        names.add(name);
        children.add(child);
        return child;
    }

    RouteNode variableChild() {
        if (variable == null) {
            variable = new RouteNode();
        }
        return variable;
    }

    /** False when the method is taken. */
    boolean enter(Route route) {
        for (Route other : routes) {
            if (other.method().equals(route.method())) {
                return false;
            }
        }
        return routes.add(route);
    }

    RouteNode fixed(String path, int from, int end) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.length() == end - from && path.startsWith(name, from)) {
                return children.get(i);
            }
        }
        return null;
    }

    RouteNode variable() {
        return variable;
    }

    boolean isEmpty() {
        return routes.isEmpty();
    }

    /** The route for a method, null when there is none; HEAD is answered by GET unless it has a route of its own. */
    Route route(String method) {
        Route get = null;
        for (Route route : routes) {
            if (route.method().equals(method)) {
                return route;
            }
            if (route.method().equals("GET")) {
                get = route;
            }
        }
        return method.equals("HEAD") ? get : null;
    }

    /** The methods of an Allow header. */
    Set<String> methods() {
        Set<String> methods = new TreeSet<>();
        for (Route route : routes) {
            methods.add(route.method());
            if (route.method().equals("GET")) {
                methods.add("HEAD");
            }
        }
        return methods;
    }
}
