package dev.holdfast.dist.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Sizes as people write them. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([kmgtp]?)(i?)b?");
    private static final String UNITS = "kmgtp";

    private Sizes() {}

    /** Bytes: {@code 50GB} is 50 x 1000^3, {@code 50GiB} is 50 x 1024^3. */
    static long parse(String text, CommandLine command) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
            double bytes =
                    Long.parseLong(matcher.group(1)) * Math.pow(matcher.group(3).isEmpty() ? 1000 : 1024, power);
            if (bytes >= 1 && bytes < Long.MAX_VALUE) {
                return (long) bytes;
            }
        }
        throw new ParameterException(command, "a size is a number of bytes, or as 500MB or 50GiB, not '" + text + "'");
    }
}
