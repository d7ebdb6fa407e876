package dev.holdfast.server.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A collector on loopback that reads what comes, as OTLP over HTTP has it. */
final class TestCollector implements AutoCloseable {
    private final List<ExportTraceServiceRequest> taken = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;

    TestCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    }

    void answerWith(int status) {
        this.status = status;
    }

    List<Span> spans() {
        return taken.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    Map<String, String> resource() {
        return text(taken.get(0).getResourceSpans(0).getResource().getAttributesList());
    }

    static Map<String, String> attributes(Span span) {
        return text(span.getAttributesList());
    }

    private static Map<String, String> text(List<KeyValue> pairs) {
        Function<KeyValue, String> value = pair -> pair.getValue().hasIntValue()
                ? Long.toString(pair.getValue().getIntValue())
                : pair.getValue().getStringValue();
        return pairs.stream().collect(Collectors.toMap(KeyValue::getKey, value));
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = exchange.getRequestBody();
                InputStream plain = gzip ? new GZIPInputStream(body) : body) {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(plain);
            if (status == 200) {
                taken.add(request);
            }
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
