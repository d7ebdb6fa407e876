package dev.holdfast.agent.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The part of the agent API that gives work, in memory. */
final class WorkServer implements AutoCloseable {
    static final String GROUP = "5f0000000000000000000001";

    /** What was asked and told, in order: the last segment of the path and the body. */
    final List<Map.Entry<String, JsonNode>> heard = new CopyOnWriteArrayList<>();

    final Queue<AgentWork.Assigned> work = new ConcurrentLinkedQueue<>();

    /** Every report is refused: the attempt is over. */
    volatile boolean lost;

    /** So many requests are answered 503. */
    volatile int away;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    WorkServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext(AgentApi.BASE + "/groups/" + GROUP + "/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<JsonNode> heard(String verb) {
        return heard.stream()
                .filter(entry -> entry.getKey().equals(verb))
                .map(Map.Entry::getValue)
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String verb = path.substring(path.lastIndexOf('/') + 1);
            heard.add(Map.entry(verb, ApiJson.mapper().readTree(exchange.getRequestBody())));
            if (away > 0) {
                away--;
                answer(exchange, 503, Map.of("detail", "away", "error", 503));
            } else if (verb.equals("poll")) {
                answer(exchange, 200, new AgentWork.Polled(work.poll(), 7));
            } else if (lost) {
                answer(exchange, 404, Map.of("detail", "it is over", "errorCode", "RESOURCE_NOT_FOUND", "error", 404));
            } else if (verb.equals("progress")) {
                answer(exchange, 200, new AgentWork.Held(4));
            } else {
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, Object document) throws IOException {
        byte[] body = ApiJson.write(document, false);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
