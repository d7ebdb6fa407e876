package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Each page is clicked through by somebody who may do everything. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@EnabledIfEnvironmentVariable(named = Chromium.VARIABLE, matches = ".+")
@ExtendWith(WebStage.Extension.class)
final class WebPagesIT {
    @Test
    void overview_saysWhatIsProtected_andWhatIsNot(WebStage stage) throws Exception {
        WebPages pages = stage.owner();
        pages.sees("rs0");
        pages.sees("orders");
        assertThat(pages.textOf(".figures")).contains("Protected").contains("Stored");
        assertThat(pages.text()).contains("Alerts", "Last good snapshot");
        stage.browser().screenshot("overview");
        pages.click("a", "rs0");
        pages.heading("Snapshots of rs0");
        pages.wasClean();
    }

    @Test
    void deployments_areATree_withTheMirrorsAndTheirDrift(WebStage stage) throws Exception {
        WebPages pages = stage.owner();
        pages.click("a", "Deployments");
        pages.heading("Deployments");
        assertThat(pages.text())
                .contains("orders", "shard00", "a1.example.net:27018", "Mirrored config servers")
                .contains("cfg1.example.net:27019", "cfg2.example.net:27019", "cfg3.example.net:27019");
        assertThat(mirror(pages, "cfg1.example.net").getText()).contains("Up to date");
        assertThat(mirror(pages, "cfg2.example.net").getText()).contains("No snapshot of its own");
        stage.browser().screenshot("deployments");
        pages.click("a", "Snapshots of rs0");
        pages.heading("Snapshots of rs0");
        pages.wasClean();
    }

    private static WebElement mirror(WebPages pages, String host) {
        return pages.driver().findElement(By.xpath("//li[.//code[starts-with(., '" + host + "')]]"));
    }

    @Test
    void snapshots_areOnALineOfTime_withTheSameFiguresInTables(WebStage stage) throws Exception {
        WebPages pages = stage.owner();
        pages.click("a", "Snapshots");
        pages.headingBegins("Snapshots of");
        pages.choose("Snapshots of", "rs0");
        pages.heading("Snapshots of rs0");
        assertThat(pages.driver().findElements(By.cssSelector("svg .mark"))).hasSize(3);
        assertThat(pages.element(".drawing svg title").getAttribute("textContent"))
                .contains("3 snapshots")
                .contains("3 complete");
        assertThat(pages.driver().findElements(By.cssSelector(".plot .line"))).hasSize(2);
        pages.click("summary", "The figures");
        assertThat(pages.driver().findElements(By.cssSelector("details tbody tr")))
                .hasSize(3);
        stage.browser().screenshot("snapshots");
        pages.click("a", "Restore");
        pages.heading("Restore");
        pages.wasClean();
    }

    @Test
    void keys_areMadeOnce_andTakenAwayAfterAQuestion(WebStage stage) throws Exception {
        WebPages pages = stage.owner();
        pages.click("a", "Keys");
        pages.heading("Keys");
        pages.type("What for", "a key <b>of the pages</b>");
        pages.choose("Role", "group backup admin");
        pages.click("button", "Make a key");
        pages.sees("write it down now");
        String name = pages.control("Public key").getAttribute("value");
        String secret = pages.control("Private key").getAttribute("value");
        assertThat(name).matches("[a-z]{8}");
        assertThat(secret).matches("[0-9a-f-]{36}");
        assertThat(stage.api(new WebStage.Key(null, name, secret))
                        .get("/groups/" + stage.group())
                        .path("id")
                        .asText())
                .isEqualTo(stage.group());
        stage.browser().screenshot("keys");
        pages.click("button", "I have it");
        pages.heading("Keys");
        pages.sees("a key <b>of the pages</b>");
        assertThat(pages.driver().getPageSource()).doesNotContain(secret);

        pages.click("button", "Remove " + name);
        assertThat(pages.textOf("dialog")).contains("loses its roles");
        pages.click("button", "Cancel");
        pages.sees(name);
        pages.click("button", "Remove " + name);
        pages.click("button", "Remove the key");
        pages.gone("code", name);
        pages.wasClean();
    }

    @Test
    void accessList_takesAddresses_andSaysWhatIsWrongWithOne(WebStage stage) throws Exception {
        WebStage.Key key = stage.newKey("GROUP_OWNER");
        WebPages pages = new WebPages(stage);
        pages.signedInAs(key);
        pages.click("a", "Keys");
        pages.click("a", "Its access list");
        pages.heading("Access list");
        pages.sees("The list is empty.");
        pages.type("Address or block", "127.0.0.1");
        pages.click("button", "Add");
        pages.sees("127.0.0.1/32");
        pages.type("Address or block", "192.0.2.0/24");
        pages.click("button", "Add");
        pages.sees("192.0.2.0/24");
        pages.type("Address or block", "nowhere");
        pages.click("button", "Add");
        pages.element("[role=alert]");
        stage.browser().screenshot("access-list");
        pages.click("button", "Remove 127.0.0.1/32");
        pages.click("button", "Remove the entry");
        pages.sees("the one you are connected through");
        pages.click("button", "Cancel");
        pages.click("button", "Remove 192.0.2.0/24");
        pages.click("button", "Remove the entry");
        pages.gone("code", "192.0.2.0/24");
        pages.wasClean();
    }

    @Test
    void audit_showsWhoDidWhat_byKind(WebStage stage) throws Exception {
        stage.newKey("GROUP_READ_ONLY");
        WebPages pages = stage.owner();
        pages.click("a", "Audit");
        pages.heading("Audit");
        pages.sees("Key made");
        pages.choose("Show", "Snapshots");
        pages.sees("Snapshot complete");
        assertThat(pages.text()).doesNotContain("Key made");
        List<WebElement> records = pages.driver().findElements(By.cssSelector(".record summary"));
        records.get(0).click();
        pages.sees("\"hash\"");
        stage.browser().screenshot("audit");
        pages.wasClean();
    }

    @Test
    void anAddressThatLeadsNowhere_leadsToTheOverview(WebStage stage) {
        WebPages pages = stage.owner();
        pages.open("#/nowhere", "There is no such page");
        pages.click("a", "Go to the overview");
        pages.heading("Overview");
        pages.open("#/projects/" + stage.group() + "/snapshots/clusters/" + "0".repeat(24), "Snapshots");
        pages.sees("There is no such cluster");
        pages.wasClean();
    }
}
