package dev.holdfast.server.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files of the pages. Each is read from the class path when it is first asked for, and kept. */
final class Assets {
    /** The page that everything else is loaded by. */
    static final String INDEX = "index.html";

    /** Every file, by its path below {@code /ui}; a test compares them with the folder. What is not here is not served. */
    static final Set<String> NAMES = Set.of(
            INDEX,
            "app.css",
            "icon.svg",
            "main.js",
            "lib/api.js",
            "lib/curl.js",
            "lib/digest.js",
            "lib/dom.js",
            "lib/events.js",
            "lib/format.js",
            "lib/icons.js",
            "lib/jobs.js",
            "lib/md5.js",
            "lib/parts.js",
            "lib/places.js",
            "lib/plot.js",
            "lib/session.js",
            "lib/states.js",
            "lib/words.js",
            "pages/audit.js",
            "pages/deployments.js",
            "pages/download.js",
            "pages/job.js",
            "pages/jobs.js",
            "pages/keys.js",
            "pages/lists.js",
            "pages/overview.js",
            "pages/restore.js",
            "pages/steps.js",
            "pages/signin.js",
            "pages/snapshots.js");

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    /** The file of that name, exactly as written; may block. */
    Optional<Asset> find(String name) {
        return NAMES.contains(name) ? Optional.of(read.computeIfAbsent(name, Assets::read)) : Optional.empty();
    }

    private static Asset read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the file " + name + " of the pages is missing");
            }
            return Asset.of(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
