package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page for everybody: judged by axe-core in light and in dark, and on the narrowest screen. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@EnabledIfEnvironmentVariable(named = Chromium.VARIABLE, matches = ".+")
@ExtendWith(WebStage.Extension.class)
final class WebAccessibilityIT {
    private static final int NARROW = 320;
    private static final List<String> SERIOUS = List.of("serious", "critical");

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void axeFindsNothingSerious_andNothingIsCutOff(WebStage stage) throws Exception {
        WebPages pages = stage.nobody();
        look(stage, pages, "sign-in");
        pages.signIn(stage.value("PUBLIC_KEY"), stage.value("PRIVATE_KEY"));
        pages.heading("Overview");
        for (Map.Entry<String, Consumer<WebPages>> page : pagesOf(stage).entrySet()) {
            page.getValue().accept(pages);
            look(stage, pages, page.getKey());
        }
        pages.wasClean();
    }

    /** Each page with what is in it, by the name of its picture. */
    private static Map<String, Consumer<WebPages>> pagesOf(WebStage stage) throws Exception {
        String project = "#/projects/" + stage.group();
        String cluster = "/clusters/" + stage.value("CLUSTER_ID");
        String job = stage.newJob().path("id").asText();
        Map<String, Consumer<WebPages>> pages = new LinkedHashMap<>();
        pages.put("overview", at("#/overview", "Overview"));
        pages.put("deployments", at(project + "/deployments", "Deployments"));
        pages.put("snapshots", at(project + "/snapshots" + cluster, "Snapshots of rs0"));
        pages.put("restore-what", at(project + "/restore", "Restore"));
        pages.put("restore-when", at(project + "/restore" + cluster, "Restore"));
        pages.put("restore-how", in -> step(in, "How do you want it?"));
        pages.put("restore-check", in -> step(in, "The call that is made"));
        pages.put("jobs", at(project + "/jobs", "Restore jobs"));
        pages.put("job", at(stage.jobPage(job), "Restore of rs0"));
        pages.put("job-stop", in -> in.click("button", "Stop this job"));
        pages.put("keys", in -> {
            in.click("button", "Cancel");
            at(project + "/keys", "Keys").accept(in);
        });
        pages.put("audit", at(project + "/audit", "Audit"));
        pages.put("not-found", at("#/nowhere", "There is no such page"));
        return pages;
    }

    private static Consumer<WebPages> at(String hash, String title) {
        return pages -> pages.open(hash, title);
    }

    private static void step(WebPages pages, String text) {
        pages.click("button", "Next");
        pages.sees(text);
    }

    private void look(WebStage stage, WebPages pages, String name) throws Exception {
        for (String scheme : List.of("light", "dark")) {
            stage.browser().colours(scheme);
            assertThat(violations(pages)).as("%s, %s", name, scheme).isEmpty();
            stage.browser().screenshot("all-" + name + "-" + scheme);
        }
        stage.browser().colours("light");
        stage.browser().viewport(NARROW, 720);
        Number width = (Number) pages.driver().executeScript("return document.documentElement.scrollWidth");
        assertThat(width.intValue())
                .as("%s needs no more than %s px", name, NARROW)
                .isLessThanOrEqualTo(NARROW);
        assertThat(violations(pages)).as("%s, narrow", name).isEmpty();
        stage.browser().screenshot("all-" + name + "-narrow");
        stage.browser().viewport(0, 0);
    }

    /** What axe-core finds serious or critical: rule, what it is about, and where. */
    private List<String> violations(WebPages pages) throws Exception {
        if (!(Boolean) pages.driver().executeScript("return 'axe' in window")) {
            try (InputStream axe = WebAccessibilityIT.class.getResourceAsStream("/axe/axe.min.js")) {
                pages.driver().executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        String found = (String)
                pages.driver()
                        .executeAsyncScript(
                                "const done = arguments[arguments.length - 1];"
                                        + "axe.run(document, {resultTypes: ['violations']})"
                                        + ".then(r => done(JSON.stringify(r.violations)), e => done(JSON.stringify([{impact: 'critical', id: String(e), nodes: []}])))");
        return json.readTree(found).findParents("impact").stream()
                .filter(violation -> violation.has("nodes") && violation.has("id"))
                .filter(violation -> SERIOUS.contains(violation.path("impact").asText()))
                .map(violation -> violation.path("id").asText() + ": "
                        + violation.path("help").asText() + " at "
                        + violation.path("nodes").findValuesAsText("html"))
                .toList();
    }
}
