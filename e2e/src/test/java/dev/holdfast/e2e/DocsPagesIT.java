package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.documentation.Site;
import dev.holdfast.documentation.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The documentation in a real browser, opened from a disk, with no server and no network. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@EnabledIfEnvironmentVariable(named = Chromium.VARIABLE, matches = ".+")
final class DocsPagesIT {
    private static final int NARROW = 320;

    @TempDir
    private Path folder;

    private Path site;
    private Chromium browser;
    private ChromeDriver driver;

    @BeforeEach
    void build() throws Exception {
        Path root = Path.of(System.getProperty("holdfast.samples"))
                .toAbsolutePath()
                .normalize()
                .getParent();
        site = Files.createDirectory(folder.resolve("site"));
        new Site(Sources.read(root)).write(site);
        browser = Chromium.start(folder);
        driver = browser.driver;
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void everyKindOfPage_isForEverybody_andAsksForNothingFromElsewhere() throws Exception {
        for (String page : List.of(
                "index", "getting-started", "restore-mirrored-config-server", "configuration", "decisions/index")) {
            open(page);
            assertThat(driver.executeScript("return performance.getEntriesByType('resource').map(one => one.name)"
                            + ".filter(name => !name.startsWith('file:') && !name.startsWith('data:'))"))
                    .as("%s: what it loads from elsewhere", page)
                    .isEqualTo(List.of());
            for (String scheme : List.of("light", "dark")) {
                browser.colours(scheme);
                assertThat(Axe.serious(driver)).as("%s, %s", page, scheme).isEmpty();
                browser.screenshot("docs-" + page.replace('/', '-') + "-" + scheme);
            }
            browser.viewport(NARROW, 720);
            Number width = (Number) driver.executeScript("return document.documentElement.scrollWidth");
            assertThat(width.intValue())
                    .as("%s needs no more than %s px", page, NARROW)
                    .isLessThanOrEqualTo(NARROW);
            browser.viewport(0, 0);
            assertThat(browser.complaints()).as(page).isEmpty();
        }
    }

    @Test
    void search_findsASection_byKeyboard() {
        open("decisions/index");
        WebElement search = driver.findElement(By.id("search"));
        search.sendKeys("secrets.key lost");
        new WebDriverWait(driver, Duration.ofSeconds(20))
                .until(page -> !page.findElements(By.cssSelector("#results li")).isEmpty());
        search.sendKeys(Keys.ENTER);
        new WebDriverWait(driver, Duration.ofSeconds(20))
                .until(page -> page.getCurrentUrl().endsWith("/operations.html#secretskey-is-lost"));
        WebElement again = driver.findElement(By.id("search"));
        again.sendKeys("<img> nosuchword");
        new WebDriverWait(driver, Duration.ofSeconds(20))
                .until(page -> page.findElement(By.id("results")).getText().contains("Nothing has all"));
        again.sendKeys(Keys.ESCAPE);
        assertThat(driver.findElement(By.id("results")).isDisplayed()).isFalse();
    }

    @Test
    void commands_areCopiedByAButton() {
        open("restore-mirrored-config-server");
        WebElement block = driver.findElement(By.cssSelector(".code.commands"));
        block.findElement(By.tagName("button")).click();
        new WebDriverWait(driver, Duration.ofSeconds(20))
                .until(page -> block.findElement(By.tagName("button")).getText().equals("Copied"));
        WebElement search = driver.findElement(By.id("search"));
        search.sendKeys(Keys.chord(Keys.CONTROL, "v"));
        assertThat(search.getAttribute("value"))
                .isEqualTo(block.findElement(By.tagName("code")).getText().strip());
    }

    private void open(String page) {
        driver.get(site.resolve(page + ".html").toUri().toString());
    }
}
