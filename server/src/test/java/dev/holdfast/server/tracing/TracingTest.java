package dev.holdfast.server.tracing;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.server.http.RequestWatch.Answered;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");

    private static Answered request(String id, String pattern, int status, String parent) {
        return new Answered(id, "GET", pattern, status, BEGAN, 2_000_000, parent, null);
    }

    private static Tracing to(URI endpoint, double ratio) {
        return new Tracing(new TracingSettings(endpoint, ratio, "backups"), "1.2.3");
    }

    @Test
    void requestBecomesSpanThatNamesItsRouteAndNeverItsPath() throws IOException {
        try (TestCollector collector = new TestCollector()) {
            try (Tracing tracing = to(collector.endpoint(), 1)) {
                tracing.answered(request("abc", "/download/{token}", 200, null));
            }
            assertThat(collector.spans()).singleElement().satisfies(span -> {
                assertThat(span.getName()).isEqualTo("GET /download/{token}");
                assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
                assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano())
                        .isEqualTo(2_000_000);
                assertThat(TestCollector.attributes(span))
                        .containsOnly(
                                entry("http.request.method", "GET"),
                                entry("http.route", "/download/{token}"),
                                entry("http.response.status_code", "200"),
                                entry("holdfast.request.id", "abc"));
            });
            assertThat(collector.resource())
                    .containsEntry("service.name", "backups")
                    .containsEntry("service.version", "1.2.3");
        }
    }

    @Test
    void callersTraceGoesOnHere() throws IOException {
        try (TestCollector collector = new TestCollector()) {
            try (Tracing tracing = to(collector.endpoint(), 0)) {
                tracing.answered(request(null, "/a", 200, "00-" + TRACE + "-" + PARENT + "-01"));
                tracing.answered(request(null, "/not-sampled-there", 200, "00-" + TRACE + "-" + PARENT + "-00"));
                tracing.answered(request(null, "/none", 200, "nonsense"));
            }
            assertThat(collector.spans()).singleElement().satisfies(span -> {
                assertThat(hex(span.getTraceId().toByteArray())).isEqualTo(TRACE);
                assertThat(hex(span.getParentSpanId().toByteArray())).isEqualTo(PARENT);
            });
        }
    }

    @Test
    void onlyOurOwnTroubleIsAnError() throws IOException {
        try (TestCollector collector = new TestCollector()) {
            try (Tracing tracing = to(collector.endpoint(), 1)) {
                tracing.answered(request(null, "/a", 404, null));
                tracing.answered(request(null, "/b", 503, null));
                tracing.answered(request(null, null, 404, null));
                tracing.did("sweep", BEGAN, BEGAN.plusSeconds(1), new IllegalStateException("secret"));
            }
            assertThat(collector.spans())
                    .extracting(Span::getName, span -> span.getStatus().getCode())
                    .containsExactlyInAnyOrder(
                            tuple("GET /a", Status.StatusCode.STATUS_CODE_UNSET),
                            tuple("GET /b", Status.StatusCode.STATUS_CODE_ERROR),
                            tuple("HTTP", Status.StatusCode.STATUS_CODE_UNSET),
                            tuple("sweep", Status.StatusCode.STATUS_CODE_ERROR));
            assertThat(collector.spans().toString()).doesNotContain("secret");
        }
    }

    @Test
    void collectorThatRefusesLosesSpansAndNothingElse() throws IOException {
        try (TestCollector collector = new TestCollector()) {
            collector.answerWith(400);
            try (Tracing tracing = to(collector.endpoint(), 1)) {
                tracing.answered(request(null, "/a", 200, null));
            }
            assertThat(collector.spans()).isEmpty();
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
