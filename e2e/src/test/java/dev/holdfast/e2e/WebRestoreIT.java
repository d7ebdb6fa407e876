package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** A whole restore in the browser, from the sign-in to the checked archive: once by mouse, once by keyboard alone. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@EnabledIfEnvironmentVariable(named = Chromium.VARIABLE, matches = ".+")
@ExtendWith(WebStage.Extension.class)
final class WebRestoreIT {
    @Test
    void byMouse_theArchiveComes_andThePageCountsAlong(WebStage stage) throws Exception {
        WebPages pages = stage.owner();
        pages.click("a", "Restore rs0");
        pages.sees("rs0, as of when?");
        stage.browser().screenshot("restore-when");
        pages.click("button", "Next");
        pages.sees("How do you want it?");
        pages.type("Downloads", "2");
        pages.type("Hours", "3");
        stage.browser().screenshot("restore-how");
        pages.click("button", "Next");
        pages.sees("The call that is made");
        String line = pages.textOf("#curl");
        assertThat(line)
                .contains(stage.api().groupPath() + "/clusters/" + stage.value("CLUSTER_ID") + "/restoreJobs")
                .contains("\"maxDownloads\":2", "\"expirationHours\":3", "$PUBLIC_KEY:$PRIVATE_KEY")
                .doesNotContain(stage.value("PRIVATE_KEY"), stage.value("PUBLIC_KEY"));
        stage.browser().screenshot("restore-check");
        pages.click("button", "Start the restore");
        pages.heading("Restore of rs0");
        pages.sees("Ready to download");
        pages.sees("2 of 2 left");
        pages.sees("Live");
        // three hours, or a moment less
        assertThat(pages.text()).containsPattern("[23] hours");
        pages.click("button", "Copy link");
        pages.sees("Copied");
        stage.browser().screenshot("job-ready");

        pages.click("a", "Download");
        pages.sees("1 of 2 left");
        String hash = pages.textOf("#job-hash");
        checkArchive(stage, fileOf(pages), hash);
        stage.browser().screenshot("job-downloaded");
        assertThat(pages.driver().getCurrentUrl()).doesNotContain("/pull/");

        pages.click("button", "Stop this job");
        pages.click("button", "Stop the job");
        pages.sees("Somebody stopped this job.");
        pages.click("a", "Restore jobs");
        pages.heading("Restore jobs");
        pages.sees("Stopped");
        stage.browser().screenshot("jobs");
        pages.wasClean();
    }

    @Test
    void byKeyboardAlone_theSame(WebStage stage) throws Exception {
        WebPages pages = stage.nobody();
        // the first field has the focus
        pages.press(stage.value("PUBLIC_KEY"), Keys.TAB, stage.value("PRIVATE_KEY"), Keys.ENTER);
        pages.heading("Overview");
        pages.tabTo("Restore");
        pages.press(Keys.ENTER);
        pages.heading("Restore");
        assertThat(pages.focusedName()).as("the focus is at the new page").isEqualTo("Restore");
        pages.tabTo("rs0replica set");
        String chosen = "";
        for (int i = 0; i < 3 && !chosen.startsWith("cfg1"); i++) {
            pages.press(Keys.ARROW_DOWN);
            chosen = pages.focusedName();
        }
        assertThat(chosen).startsWith("cfg1.example.net:27019");
        pages.press(Keys.ENTER);
        pages.sees("as of when?");
        assertThat(pages.focusedName()).endsWith("as of when?");
        pages.tabTo("Next");
        pages.press(Keys.ENTER);
        pages.sees("How do you want it?");
        pages.tabTo("Downloads");
        pages.press(Keys.chord(Keys.CONTROL, "a"), "1", Keys.ENTER);
        pages.sees("The call that is made");
        assertThat(pages.textOf("#curl")).contains("/hosts/" + stage.value("HOST_ID") + "/restoreJobs");
        pages.tabTo("Start the restore");
        pages.press(Keys.ENTER);
        pages.heading("Restore of cfg1.example.net:27019");
        pages.sees("1 of 1 left");
        pages.tabTo("Download");
        String file = fileOf(pages);
        pages.press(Keys.ENTER);
        pages.sees("Downloaded, link used up");
        checkArchive(stage, file, pages.textOf("#job-hash"));
        pages.wasClean();
    }

    @Test
    void whereNoEventsCome_thePageLooksByItself(WebStage stage) throws Exception {
        WebPages pages = stage.owner();
        JsonNode job = stage.newJob();
        String id = job.path("id").asText();
        pages.driver().executeCdpCommand("Network.enable", Map.of());
        pages.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/groups/*/events")));
        try {
            pages.open(stage.jobPage(id), "Restore of rs0");
            pages.sees("Looked at every few seconds");
            pages.sees("1 of 1 left");
            stage.api().download(job.path("delivery").path("url").asText());
            pages.sees("Downloaded, link used up");
        } finally {
            pages.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
            pages.driver().executeCdpCommand("Network.disable", Map.of());
        }
        stage.browser().complaints();
    }

    @Test
    void whatTheServerRefuses_isToldInPlainWords(WebStage stage) {
        WebPages pages = stage.owner();
        pages.open("#/projects/" + stage.group() + "/restore/clusters/" + stage.value("CLUSTER_ID"), "Restore");
        pages.click("button", "Next");
        pages.sees("How do you want it?");
        pages.type("Hours", "8760");
        pages.click("button", "Next");
        pages.click("button", "Start the restore");
        pages.sees("The link would last longer than the snapshot.");
        pages.sees("Ask for fewer hours");
        assertThat(pages.driver().findElements(By.cssSelector("[role=alert]"))).hasSize(1);
        pages.click("button", "Back");
        pages.sees("How do you want it?");
        assertThat(pages.control("Hours").getAttribute("value")).isEqualTo("8760");
        pages.wasClean();
    }

    /** The name that the page shows. */
    private static String fileOf(WebPages pages) {
        String url = pages.control("Link").getAttribute("value");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static void checkArchive(WebStage stage, String name, String hash) throws Exception {
        Path file = stage.downloaded(name);
        Command sum = Command.ok(file.getParent(), "sha1sum", name);
        assertThat(sum.out()).startsWith(hash);
        assertThat(Command.ok(file.getParent(), "tar", "-tzf", name).out()).contains("/WiredTiger");
    }
}
