package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages as a person uses them: looks for words, clicks, presses keys. */
final class WebPages {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_TABS = 80;

    private final WebStage stage;
    private final ChromeDriver driver;

    WebPages(WebStage stage) {
        this.stage = stage;
        this.driver = stage.browser().driver;
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Forgets whoever was signed in, and opens the pages. */
    void signedOut() {
        driver.get(stage.baseUrl() + "/ui/");
        driver.executeCdpCommand("Network.clearBrowserCookies", java.util.Map.of());
        driver.get("about:blank");
        driver.get(stage.baseUrl() + "/ui/");
        heading("Sign in");
    }

    void signedInAs(WebStage.Key key) {
        signedOut();
        signIn(key.name(), key.secret());
        heading("Overview");
    }

    /** Fills the form in, and sends it. */
    void signIn(String user, String key) {
        type("Public key", user);
        type("Private key", key);
        click("button", "Sign in");
    }

    /** Opens the page at that place of the address. */
    void open(String hash, String title) {
        driver.executeScript("location.hash = arguments[0]", hash);
        heading(title);
    }

    /** Waits until the page of that heading is there, with nothing loading any more. */
    void heading(String title) {
        String path = "//main[not(@aria-busy='true')]//h1[normalize-space()=\"" + title + "\"]";
        await("the heading " + title, found -> found.findElement(By.xpath(path)));
    }

    /** Waits until the page of a heading that begins so is there. */
    void headingBegins(String start) {
        String path = "//main[not(@aria-busy='true')]//h1[starts-with(normalize-space(), \"" + start + "\")]";
        await("a heading " + start, found -> found.findElement(By.xpath(path)));
    }

    /** Waits until the text is to be seen somewhere in the page. */
    void sees(String text) {
        await("the text " + text, found -> text().contains(text) ? text : null);
    }

    /** Waits until no such element with that text is left in the page. */
    void gone(String css, String text) {
        await(
                text + " to go",
                found -> found.findElements(By.cssSelector("main " + css)).stream()
                                .noneMatch(element -> element.getText().equals(text))
                        ? true
                        : null);
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    String textOf(String css) {
        return element(css).getText();
    }

    WebElement element(String css) {
        return await(css, found -> found.findElement(By.cssSelector(css)));
    }

    /** The control that a label names. */
    WebElement control(String label) {
        WebElement found = await(
                "the field " + label,
                in -> in.findElement(By.xpath("//label[starts-with(normalize-space(), \"" + label + "\")]")));
        return driver.findElement(By.id(found.getAttribute("for")));
    }

    void type(String label, String text) {
        WebElement control = control(label);
        control.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    void choose(String label, String start) {
        Select select = new Select(control(label));
        String text = select.getOptions().stream()
                .map(WebElement::getText)
                .filter(option -> option.startsWith(start))
                .findFirst()
                .orElseThrow();
        select.selectByVisibleText(text);
    }

    /** Clicks what is called so, by its words or by its label. */
    void click(String tag, String name) {
        WebElement found = await(
                tag + " " + name,
                in -> named(tag, name).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
        new Actions(driver).moveToElement(found).click().perform();
    }

    private List<WebElement> named(String tag, String name) {
        return driver.findElements(
                By.xpath("//" + tag + "[normalize-space()=\"" + name + "\" or @aria-label=\"" + name + "\"]"));
    }

    /** Presses a key wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Goes on with the tabulator until the focus is on what is called so. */
    void tabTo(String name) {
        for (int i = 0; i < MOST_TABS; i++) {
            press(Keys.TAB);
            if (focusedName().equals(name)) {
                return;
            }
        }
        throw new AssertionError("the tabulator does not reach " + name + " from here: " + text());
    }

    /** What a screen reader would call what has the focus, roughly. */
    String focusedName() {
        return (String) driver.executeScript("const e = document.activeElement;"
                + "const named = e.getAttribute('aria-label') ?? (e.labels?.[0] ?? e).textContent;"
                + "return (named ?? '').trim()");
    }

    /** Something that comes about, told by what is there then. */
    <T> T await(String what, Function<WebDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> what + " in: " + text() + stage.browser().complaints())
                .ignoring(StaleElementReferenceException.class)
                .ignoring(org.openqa.selenium.NoSuchElementException.class)
                .until(condition);
    }

    /** Nothing was kept back by the policy of the page, and no script failed. */
    void wasClean() {
        assertThat(stage.browser().complaints()).isEmpty();
    }
}
