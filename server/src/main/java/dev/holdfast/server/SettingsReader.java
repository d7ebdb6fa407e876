package dev.holdfast.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigMemorySize;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads settings one by one and goes on after a bad one, so that all problems are told together. A value that was set
 * and never read is a problem too. Values are quoted in problems, except those read as {@link #secret}.
 */
final class SettingsReader {
    private final Config config;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    SettingsReader(Config config) {
        this.config = config;
    }

    String text(String key, String otherwise) {
        return read(key, otherwise, config::getString, "a text");
    }

    /** A text that no problem quotes. */
    String secret(String key) {
        known.add(key);
        try {
            return config.hasPath(key) ? config.getString(key) : null;
        } catch (ConfigException e) {
            problems.add(key + " must be a text.");
            return null;
        }
    }

    boolean flag(String key, boolean otherwise) {
        return read(key, otherwise, config::getBoolean, "true or false");
    }

    List<String> texts(String key) {
        return read(key, List.<String>of(), config::getStringList, "a list of texts");
    }

    int number(String key, int otherwise, int least, int most) {
        return (int) number(key, (long) otherwise, least, most);
    }

    long number(String key, long otherwise, long least, long most) {
        long value = read(key, otherwise, config::getLong, "a whole number");
        return bounded(key, value, otherwise, value >= least && value <= most, least + " to " + most);
    }

    double fraction(String key, double otherwise, double least, double most) {
        double value = read(key, otherwise, config::getDouble, "a number");
        return bounded(key, value, otherwise, value >= least && value <= most, least + " to " + most);
    }

    /** Bytes, as {@code 64 KiB} or a plain number. */
    long bytes(String key, long otherwise, long least, long most) {
        ConfigMemorySize size =
                read(key, ConfigMemorySize.ofBytes(otherwise), config::getMemorySize, "a size, for example 64 KiB");
        boolean holds =
                size.toBytesBigInteger().bitLength() < Long.SIZE && size.toBytes() >= least && size.toBytes() <= most;
        return holds ? size.toBytes() : bounded(key, -1L, otherwise, false, least + " to " + most + " bytes");
    }

    int bytes(String key, int otherwise, int least, int most) {
        return (int) bytes(key, (long) otherwise, least, most);
    }

    /** A time, as {@code 30s}, {@code 5 minutes} or a plain number of milliseconds. */
    Duration time(String key, Duration otherwise, Duration least, Duration most) {
        Duration value = read(key, otherwise, config::getDuration, "a time, for example 30s");
        boolean holds = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        return bounded(key, value, otherwise, holds, spell(least) + " to " + spell(most));
    }

    /** A text as {@code parse} understands it; what it throws is the problem. */
    <T> T parsed(String key, T otherwise, Function<String, T> parse) {
        String value = text(key, null);
        return value == null ? otherwise : checked(key, otherwise, () -> parse.apply(value));
    }

    /** What {@code make} makes, or {@code otherwise} and a problem when it refuses its arguments. */
    <T> T checked(String key, T otherwise, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            problems.add(key + ": " + e.getMessage() + ".");
            return otherwise;
        }
    }

    void problem(String problem) {
        problems.add(problem);
    }

    boolean isSet(String key) {
        return config.hasPathOrNull(key);
    }

    /**
     * Ends the reading.
     *
     * @param retired names that are no settings (any more), each with what to do instead
     * @throws ConfigProblems if there was any problem, or a setting that nobody read
     */
    void finish(String source, Map<String, String> retired) {
        for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
            String key = String.join(".", ConfigUtil.splitPath(entry.getKey()));
            if (!known.contains(key)) {
                String advice = retired.get(key);
                problems.add(
                        advice != null
                                ? key + " is no setting of Holdfast: " + advice + "."
                                : "there is no setting " + key + place(entry.getValue()) + ".");
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigProblems(source, problems);
        }
    }

    private <T> T read(String key, T otherwise, Function<String, T> read, String shape) {
        known.add(key);
        try {
            return config.hasPath(key) ? read.apply(key) : otherwise;
        } catch (ConfigException e) {
            problems.add(key + " must be " + shape + ", not "
                    + config.getValue(key).unwrapped() + place(config.getValue(key)) + ".");
            return otherwise;
        }
    }

    private <T> T bounded(String key, T value, T otherwise, boolean holds, String bounds) {
        if (holds) {
            return value;
        }
        problems.add(key + " must be " + bounds + ", not "
                + config.getValue(key).unwrapped() + place(config.getValue(key)) + ".");
        return otherwise;
    }

    private static String place(ConfigValue value) {
        int line = value.origin().lineNumber();
        return line > 0 ? " (line " + line + ")" : "";
    }

    private static String spell(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
