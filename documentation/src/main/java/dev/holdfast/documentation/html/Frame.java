package dev.holdfast.documentation.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is around every page, and the files that go with it. */
public final class Frame {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)\\}\\}");

    private final String frame;

    private Frame(String frame) {
        this.frame = frame;
    }

    /** Reads it from the class path. */
    public static Frame load() throws IOException {
        return new Frame(file("page.html"));
    }

    /** A file that goes with the pages: {@code site.css}, {@code site.js}. */
    public static String file(String name) throws IOException {
        try (InputStream in = Frame.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("not on the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Fills every place; values are HTML. */
    public String fill(Map<String, String> values) {
        Matcher matcher = PLACE.matcher(frame);
        StringBuilder page = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                throw new IllegalStateException("nothing for the place " + matcher.group(1));
            }
            matcher.appendReplacement(page, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(page).toString();
    }

    /** Text as HTML, also inside quotes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
