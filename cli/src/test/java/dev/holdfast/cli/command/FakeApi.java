package dev.holdfast.cli.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the public API from documents that a test puts there; paths without their paging. */
final class FakeApi implements AutoCloseable {
    private static final String ROOT = "/api/public/v1.0";
    private static final String OWN_ROOT = "/api/holdfast/v1";

    final List<String> posts = Collections.synchronizedList(new ArrayList<>());
    final List<String> deletes = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(ROOT, exchange -> handle(exchange, ROOT));
        server.createContext(OWN_ROOT, exchange -> handle(exchange, OWN_ROOT));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers of a path, one after another; the last one stays. */
    void put(String path, String... documents) {
        answers.put(path, new ArrayDeque<>(List.of(documents)));
    }

    /** A refusal. */
    void refuse(String path, int status, String code) {
        put(path, "{\"detail\":\"said by the server\",\"error\":" + status + ",\"errorCode\":\"" + code + "\"}");
        statuses.put(path, status);
    }

    /** A list of one page. */
    void list(String path, String... entities) {
        put(path, listOf(entities));
    }

    static String listOf(String... entities) {
        return "{\"links\":[],\"results\":[" + String.join(",", entities) + "],\"totalCount\":" + entities.length + "}";
    }

    private void handle(HttpExchange exchange, String root) throws IOException {
        if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Digest realm=\"MMS Public API\", nonce=\"n\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        String path = exchange.getRequestURI().toString().substring(root.length());
        path = path.replaceAll("[?&](itemsPerPage|pageNum)=\\d+", "");
        if (exchange.getRequestMethod().equals("POST")) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posts.add(path + " " + body);
            path = "POST " + path;
        }
        if (exchange.getRequestMethod().equals("DELETE")) {
            deletes.add(path);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        Deque<String> documents = answers.get(path);
        String answer = documents == null
                ? "{\"detail\":\"nothing at " + path + "\",\"error\":404,\"errorCode\":\"RESOURCE_NOT_FOUND\"}"
                : documents.size() > 1 ? documents.poll() : documents.peek();
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(documents == null ? 404 : statuses.getOrDefault(path, 200), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
