package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

/** Who is let in, who is not, and what is left in the browser of either. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@EnabledIfEnvironmentVariable(named = Chromium.VARIABLE, matches = ".+")
@ExtendWith(WebStage.Extension.class)
final class WebSessionIT {
    @Test
    void aWrongKey_isRefusedInPlainWords_andTheRightOneLetIn(WebStage stage) throws Exception {
        WebPages pages = stage.nobody();
        stage.browser().screenshot("sign-in");
        pages.signIn(stage.value("PUBLIC_KEY"), "00000000-0000-4000-8000-000000000000");
        pages.sees("The server does not know this key.");
        assertThat(pages.control("Private key").getAttribute("value")).isEmpty();
        assertThat(pages.focusedName()).isEqualTo("Private key");
        stage.browser().screenshot("sign-in-wrong");
        pages.signIn("nobodyxx", "00000000-0000-4000-8000-000000000000");
        pages.sees("The server does not know this key.");
        pages.signIn(stage.value("PUBLIC_KEY"), stage.value("PRIVATE_KEY"));
        pages.heading("Overview");
        pages.wasClean();
    }

    @Test
    void theKeyStaysNowhere_andNoScriptSeesTheCookie(WebStage stage) {
        WebPages pages = stage.owner();
        String secret = stage.value("PRIVATE_KEY");
        assertThat(pages.driver().getPageSource()).doesNotContain(secret);
        assertThat((String) pages.driver().executeScript("return document.cookie"))
                .isEmpty();
        assertThat((Long) pages.driver().executeScript("return localStorage.length + sessionStorage.length"))
                .isZero();
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> cookies = (List<Map<String, Object>>) pages.driver()
                .executeCdpCommand("Network.getAllCookies", Map.of())
                .get("cookies");
        assertThat(cookies).hasSize(1);
        assertThat(cookies.get(0))
                .containsEntry("name", "holdfast-session")
                .containsEntry("httpOnly", true)
                .containsEntry("sameSite", "Strict")
                .containsEntry("path", "/api");
        assertThat(String.valueOf(cookies.get(0).get("value"))).isNotEmpty().doesNotContain(secret);
        pages.wasClean();
    }

    @Test
    void signingOut_endsTheSessionAtTheServerToo(WebStage stage) throws Exception {
        WebPages pages = stage.owner();
        pages.click("button", "Sign out");
        pages.sees("You are signed out.");
        stage.browser().screenshot("signed-out");
        pages.driver().navigate().refresh();
        pages.heading("Sign in");
        assertThat(pages.driver().findElements(By.cssSelector("nav a"))).isEmpty();
        pages.wasClean();
    }

    @Test
    void aSessionThatEnds_leadsToTheSignIn_andBackToWhereItWas(WebStage stage) throws Exception {
        WebStage.Key key = stage.newKey("GROUP_OWNER");
        WebPages pages = new WebPages(stage);
        pages.signedInAs(key);
        pages.open("#/projects/" + stage.group() + "/jobs", "Restore jobs");
        // the browser gives it up, as at the end of its time
        pages.driver().executeCdpCommand("Network.clearBrowserCookies", Map.of());
        pages.click("a", "Deployments");
        pages.sees("Your session has ended.");
        stage.browser().screenshot("session-ended");
        pages.signIn(stage.value("PUBLIC_KEY"), stage.value("PRIVATE_KEY"));
        pages.heading("Deployments");
        pages.wasClean();
    }

    @Test
    void aViewer_seesEverythingAndIsToldWhatIsNotHis(WebStage stage) throws Exception {
        WebPages pages = new WebPages(stage);
        pages.signedInAs(stage.newKey("GROUP_READ_ONLY"));
        pages.sees("rs0");
        pages.click("a", "Keys");
        pages.heading("Keys");
        pages.sees("The keys of a project are shown to its owners.");
        stage.browser().screenshot("viewer-keys");
        pages.click("a", "Audit");
        pages.heading("Audit");
        pages.sees("The audit trail is shown to owners of the project.");
        pages.open("#/projects/" + stage.group() + "/restore/clusters/" + stage.value("CLUSTER_ID"), "Restore");
        pages.click("button", "Next");
        pages.sees("How do you want it?");
        pages.click("button", "Next");
        pages.click("button", "Start the restore");
        pages.sees("Your key may not do that: it lacks a role.");
        stage.browser().screenshot("viewer-restore");
        pages.open("#/projects/" + "0".repeat(24) + "/jobs", "Restore jobs");
        pages.sees("Your key does not reach this project");
        pages.wasClean();
    }

    @Test
    void namesAreShownAsTheyAre_whateverIsInThem(WebStage stage) throws Exception {
        String name = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>";
        stage.api()
                .post(
                        stage.api().groupPath() + "/apiKeys",
                        "{\"desc\":\"" + name + "\",\"roles\":[\"GROUP_READ_ONLY\"]}");
        WebPages pages = stage.owner();
        pages.click("a", "Keys");
        pages.sees(name);
        assertThat(pages.driver().findElements(By.cssSelector("main img, main script")))
                .isEmpty();
        assertThat(pages.driver().getTitle()).startsWith("Keys");
        pages.wasClean();
    }
}
