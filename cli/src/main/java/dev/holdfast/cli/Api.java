package dev.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The public API of one server: paths below {@code /api/public/v1.0}, lists with all their pages. */
public final class Api {
    private static final String ROOT = "/api/public/v1.0";
    private static final int PAGE = 100;

    private final ApiClient client;
    private final String base;

    /** The API at {@code base}, which is scheme, host and port, with or without a trailing slash. */
    public Api(ApiClient client, URI base) {
        this.client = client;
        this.base = base.toString().replaceFirst("/+$", "") + ROOT;
    }

    /** The document at a path such as {@code /groups}. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return client.get(URI.create(base + path));
    }

    /** What a POST answers. */
    public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return client.post(URI.create(base + path), body);
    }

    /** The entities of a list, of all its pages; {@code path} may have a query. */
    public List<JsonNode> list(String path) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String separator = path.contains("?") ? "&" : "?";
        for (int page = 1; ; page++) {
            JsonNode document = get(path + separator + "itemsPerPage=" + PAGE + "&pageNum=" + page);
            JsonNode results = document.path("results");
            results.forEach(all::add);
            if (results.size() < PAGE) {
                return all;
            }
        }
    }

    /** {@code text} as one segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
