package dev.holdfast.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A request target (RFC 9112, section 3.2), taken apart but not decoded.
 *
 * @param raw as sent; digests are computed over it
 * @param path without query and without one trailing slash; empty when the target has no path, as in {@code OPTIONS *}
 * @param query without the question mark, null when there is none
 */
record Target(String raw, String path, String query) {
    static Target of(String raw) {
        int start = pathStart(raw);
        int mark = raw.indexOf('?', start);
        int end = mark < 0 ? raw.length() : mark;
        String query = mark < 0 ? null : raw.substring(mark + 1);
        if (end - start > 1 && raw.charAt(end - 1) == '/') {
            end--;
        }
        String path = raw.substring(start, end);
        return new Target(raw, path.startsWith("/") ? path : "", query);
    }

    // the absolute form, http://host/path, must be understood by every server
    private static int pathStart(String raw) {
        if (raw.startsWith("/")) {
            return 0;
        }
        int scheme = raw.indexOf("://");
        if (scheme < 0 || raw.indexOf('/') < scheme || raw.lastIndexOf('?', scheme) >= 0) {
            return 0;
        }
        int slash = raw.indexOf('/', scheme + 3);
        int mark = raw.indexOf('?', scheme + 3);
        if (slash < 0 || mark >= 0 && mark < slash) {
            return mark < 0 ? raw.length() : mark;
        }
        return slash;
    }

    /** The first value of each parameter, decoded; those that do not decode are left out. */
    Map<String, String> parameters() {
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        eachParameter(values::putIfAbsent);
        return values;
    }

    /** Every value of one parameter, in order. */
    List<String> values(String parameter) {
        List<String> values = new ArrayList<>();
        if (query != null) {
            eachParameter((name, value) -> {
                if (name.equals(parameter)) {
                    values.add(value);
                }
            });
        }
        return values;
    }

    private void eachParameter(BiConsumer<String, String> found) {
        int from = 0;
        while (from <= query.length()) {
            int and = query.indexOf('&', from);
            int end = and < 0 ? query.length() : and;
            int equals = query.indexOf('=', from);
            boolean bare = equals < 0 || equals > end;
            String name = PercentCode.decode(query.substring(from, bare ? end : equals), true);
            String value = bare ? "" : PercentCode.decode(query.substring(equals + 1, end), true);
            if (name != null && value != null && !name.isEmpty()) {
                found.accept(name, value);
            }
            from = end + 1;
        }
    }

    /** Whether the path is {@code base} or lies below it. */
    boolean isUnder(String base) {
        return path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
    }
}
