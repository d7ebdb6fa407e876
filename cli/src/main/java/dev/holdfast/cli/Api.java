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
    private static final String HOLDFAST = "/api/holdfast/v1";
    private static final int PAGE = 100;

    private final ApiClient client;
    private final URI server;
    private final String base;

    /** The API at {@code base}, which is scheme, host and port, with or without a trailing slash. */
    public Api(ApiClient client, URI base) {
        this(client, base, ROOT);
    }

    private Api(ApiClient client, URI server, String root) {
        this.client = client;
        this.server = server;
        this.base = server.toString().replaceFirst("/+$", "") + root;
    }

    /** The document at a path such as {@code /groups}. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return client.get(URI.create(base + path));
    }

    /** What a POST answers. */
    public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return client.post(URI.create(base + path), body);
    }

    /** Deletes what is at a path. */
    public void delete(String path) throws IOException, InterruptedException {
        client.delete(URI.create(base + path));
    }

    /** The entities of a list, of all its pages; {@code path} may have a query. */
    public List<JsonNode> list(String path) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        pages(path, page -> {
            all.addAll(page);
            return true;
        });
        return all;
    }

    /** Hears of the pages of a list, one after the other; what it answers says whether to go on. */
    @FunctionalInterface
    public interface Pages {
        /** One page; the last one may be empty. */
        boolean page(List<JsonNode> entities) throws IOException, InterruptedException;
    }

    /** The pages of a list; {@code path} may have a query. */
    public void pages(String path, Pages pages) throws IOException, InterruptedException {
        String separator = path.contains("?") ? "&" : "?";
        for (int number = 1; ; number++) {
            JsonNode document = get(path + separator + "itemsPerPage=" + PAGE + "&pageNum=" + number);
            List<JsonNode> page = new ArrayList<>();
            document.path("results").forEach(page::add);
            if (!pages.page(page) || page.size() < PAGE) {
                return;
            }
        }
    }

    /** The same server's API of Holdfast's own, which Ops Manager does not have. */
    public Api ofHoldfast() {
        return new Api(client, server, HOLDFAST);
    }

    /** {@code text} as one segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
