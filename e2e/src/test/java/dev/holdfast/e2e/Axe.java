package dev.holdfast.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.JavascriptExecutor;

/** What axe-core, which is put into the page, says of it. */
final class Axe {
    private static final List<String> SERIOUS = List.of("serious", "critical");

    private Axe() {}

    /** What it finds serious or critical: rule, what it is about, and where. */
    static List<String> serious(JavascriptExecutor page) throws IOException {
        if (!(Boolean) page.executeScript("return 'axe' in window")) {
            try (InputStream axe = Axe.class.getResourceAsStream("/axe/axe.min.js")) {
                page.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        // a page from a disk may not fetch its own style sheet
        String found = (String) page.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "axe.run(document, {resultTypes: ['violations'], preload: location.protocol !== 'file:'})"
                + ".then(r => done(JSON.stringify(r.violations)),"
                + " e => done(JSON.stringify([{impact: 'critical', id: String(e), nodes: []}])))");
        return new ObjectMapper()
                .readTree(found).findParents("impact").stream()
                        .filter(violation -> violation.has("nodes") && violation.has("id"))
                        .filter(violation ->
                                SERIOUS.contains(violation.path("impact").asText()))
                        .map(violation -> violation.path("id").asText() + ": "
                                + violation.path("help").asText() + " at "
                                + violation.path("nodes").findValuesAsText("html"))
                        .toList();
    }
}
