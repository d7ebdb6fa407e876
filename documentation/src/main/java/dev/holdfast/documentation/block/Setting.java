package dev.holdfast.documentation.block;

import java.util.Locale;
import java.util.Optional;

/** Where the commands of a page are run. */
public enum Setting {
    /** Nothing runs yet. */
    LAUNCHER("in an empty folder, with <code>holdfast</code> on the path and sample data directories in"
            + " <code>/var/lib</code>"),
    /** A demo runs, shared by all pages with this setting. */
    DEMO("in an empty folder, with <code>holdfast</code> on the path, a <code>holdfast demo</code> that runs, and its"
            + " env file as <code>holdfast.env</code>");

    private final String description;

    Setting(String description) {
        this.description = description;
    }

    /** For the note on the page, as HTML. */
    public String description() {
        return description;
    }

    static Optional<Setting> named(String name) {
        for (Setting one : values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
