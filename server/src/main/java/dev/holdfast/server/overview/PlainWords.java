package dev.holdfast.server.overview;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Times and sizes as people say them, rounded down. */
final class PlainWords {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int MOST_NAMES = 3;

    private PlainWords() {}

    /** {@code 45 minutes}, {@code 1 hour}, {@code 3 days}. */
    static String time(Duration time) {
        if (time.toHours() < 1) {
            return counted(time.toMinutes(), "minute");
        }
        return time.toHours() < 48 ? counted(time.toHours(), "hour") : counted(time.toDays(), "day");
    }

    /** {@code 1 snapshot}, {@code 2 snapshots}. */
    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code 1.5 GiB}. */
    static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }

    /** The first few of some names. */
    static String names(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
    }
}
