package dev.holdfast.server.http;

import java.util.List;

/** What the table knows about a method and a path. */
sealed interface RouteMatch {
    /** No route has the path. */
    record Unknown() implements RouteMatch {
        static final Unknown PATH = new Unknown();
    }

    /** The path is known, the method is not: the methods that are. */
    record OtherMethods(List<String> allowed) implements RouteMatch {}

    /** A route, with the percent-decoded values of its variable segments. */
    record Found(Route route, String[] values) implements RouteMatch {}
}
