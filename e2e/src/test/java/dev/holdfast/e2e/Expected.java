package dev.holdfast.e2e;

import java.util.List;
import java.util.regex.Pattern;

/** What a page says that commands print: {@code ...} stands for anything, alone in a line for any lines. */
final class Expected {
    private Expected() {}

    /** Whether {@code actual} is what {@code said} describes, apart from spaces at the ends of lines. */
    static boolean matches(String said, String actual) {
        StringBuilder pattern = new StringBuilder();
        List<String> lines =
                said.stripTrailing().lines().map(String::stripTrailing).toList();
        for (String line : lines) {
            if (line.strip().equals("...")) {
                pattern.append("(?:[^\n]*\n)*?");
                continue;
            }
            int at = 0;
            for (int dots = line.indexOf("..."); dots >= 0; dots = line.indexOf("...", at)) {
                pattern.append(Pattern.quote(line.substring(at, dots))).append("[^\n]*?");
                at = dots + 3;
            }
            pattern.append(Pattern.quote(line.substring(at))).append('\n');
        }
        String plain = String.join(
                        "\n",
                        actual.stripTrailing()
                                .lines()
                                .map(String::stripTrailing)
                                .toList())
                + "\n";
        return Pattern.compile(pattern.toString()).matcher(plain).matches();
    }
}
