package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the first page costs. Bytes are held to their budget; time is printed, and measured by {@code ./bench pages}. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@EnabledIfEnvironmentVariable(named = Chromium.VARIABLE, matches = ".+")
@ExtendWith(WebStage.Extension.class)
final class WebBudgetIT {
    private static final int MOST_BYTES = 150_000;

    @Test
    void theFirstPage_isSmall_andAsksNobodyElse(WebStage stage) {
        WebPages pages = stage.owner();
        pages.driver().executeCdpCommand("Network.clearBrowserCache", Map.of());
        pages.driver().get("about:blank");
        pages.driver().get(stage.baseUrl() + "/ui/");
        pages.heading("Overview");
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> loaded = (List<Map<String, Object>>) pages.driver()
                .executeScript("return [...performance.getEntriesByType('navigation'),"
                        + " ...performance.getEntriesByType('resource')]"
                        + ".map(e => ({name: e.name, bytes: e.transferSize, end: e.responseEnd}))");
        long bytes = loaded.stream()
                .mapToLong(entry -> ((Number) entry.get("bytes")).longValue())
                .sum();
        double end = loaded.stream()
                .mapToDouble(entry -> ((Number) entry.get("end")).doubleValue())
                .max()
                .orElseThrow();
        System.out.printf("pages: the overview loads %d files, %d bytes, in %.0f ms%n", loaded.size(), bytes, end);
        assertThat(loaded)
                .extracting(entry -> (String) entry.get("name"))
                .allMatch(name -> name.startsWith(stage.baseUrl()));
        assertThat(loaded).hasSizeGreaterThan(10);
        assertThat(bytes).isBetween(10_000L, (long) MOST_BYTES);
        pages.wasClean();
    }
}
