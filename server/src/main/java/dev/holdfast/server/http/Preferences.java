package dev.holdfast.server.http;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Prefer} (RFC 7240) as far as it is honoured: {@code wait}. What is malformed is ignored. */
final class Preferences {
    /** Nobody waits longer, whatever is preferred: a proxy in between would cut the connection. */
    static final int MAX_WAIT = 60;

    private static final Pattern WAIT = Pattern.compile("wait[ \\t]*=[ \\t]*(?:\"([0-9]{1,18})\"|([0-9]{1,18}))");

    private Preferences() {}

    /** Seconds to wait, 1 to {@link #MAX_WAIT}; empty without such a preference. The first one of several counts. */
    static OptionalInt waitSeconds(List<String> headers) {
        for (String header : headers) {
            for (String item : header.split(",", -1)) {
                // parameters after a semicolon belong to the preference, and wait has none
                String preference = item.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
                Matcher matcher = WAIT.matcher(preference);
                if (matcher.matches()) {
                    long seconds = Long.parseLong(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                    return seconds == 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(seconds, MAX_WAIT));
                }
                if (preference.equals("wait") || preference.startsWith("wait=") || preference.startsWith("wait ")) {
                    return OptionalInt.empty();
                }
            }
        }
        return OptionalInt.empty();
    }
}
