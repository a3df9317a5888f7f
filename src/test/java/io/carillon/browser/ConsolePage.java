package io.carillon.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One window with the console, driven as a person would. */
final class ConsolePage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String AXE = "/axe.min.js";
    private static final String LOOK = """
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')}`)),
              failure => done([String(failure)]));
            """;

    private final ChromeDriver browser;
    private final URI address;

    private ConsolePage(ChromeDriver browser, URI address) {
        this.browser = browser;
        this.address = address;
    }

    /** Opens a window of its own, where nobody is signed in. */
    static ConsolePage open(ChromeDriver browser, URI address) {
        browser.manage().logs().get(LogType.BROWSER); // what others have left
        browser.switchTo().newWindow(WindowType.WINDOW);
        browser.get(address.toString());
        return new ConsolePage(browser, address);
    }

    ConsolePage signIn(String token) {
        await("the form", () -> hook("token").isDisplayed());
        hook("token").sendKeys(token);
        hook("sign-in").click();
        return this;
    }

    /** The same, and waits until figures come by themselves. */
    ConsolePage enter(String token) {
        signIn(token);
        await("live figures", () -> "live".equals(hook("state").getDomAttribute("data-state")));
        return this;
    }

    /** A section, such as {@code connections}, or {@code channels/demo.a}. */
    ConsolePage go(String section) {
        browser.get(address.resolve("#/" + section).toString());
        await(
                "the section",
                () -> !browser.findElements(By.cssSelector("#content h1")).isEmpty());
        return this;
    }

    ConsolePage theme(String theme) {
        var option = By.cssSelector("[data-testid='theme'] option[value='" + theme + "']");
        browser.findElement(option).click();
        return this;
    }

    void type(String name, String text) {
        hook(name).clear();
        hook(name).sendKeys(text);
    }

    void click(String name) {
        hook(name).click();
    }

    /** Answers the question that is asked. */
    void confirm() {
        await("a question", () -> hook("confirm").isDisplayed());
        click("confirm");
    }

    String text(String name) {
        return hook(name).getText();
    }

    WebElement hook(String name) {
        return browser.findElement(By.cssSelector("[data-testid='" + name + "']"));
    }

    /** The row of a table that has this key. */
    List<WebElement> rows(String key) {
        return browser.findElements(By.cssSelector("tr[data-key='" + key + "']"));
    }

    /** The data of the publications that are shown, the newest first. */
    List<String> publications() {
        return browser.findElements(By.cssSelector("[data-testid='publications'] td.data")).stream()
                .map(WebElement::getText)
                .toList();
    }

    interface Condition {
        boolean holds();
    }

    void await(String what, Condition condition) {
        new WebDriverWait(browser, PATIENCE, Duration.ofMillis(100))
                .withMessage(() ->
                        what + " in " + browser.findElement(By.tagName("body")).getText())
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(unused -> condition.holds());
    }

    /** What keeps people from using what is shown now, as far as axe sees it and takes it for serious. */
    @SuppressWarnings("unchecked")
    List<String> barriers() {
        browser.executeScript(read(AXE));
        return (List<String>) browser.executeAsyncScript(LOOK);
    }

    /** What the browser had to complain of since the window was opened: scripts, the content security policy, answers. */
    List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .collect(Collectors.toList());
    }

    void assertQuiet() {
        assertThat(complaints()).isEmpty();
    }

    /** Numbers of a script, by name. */
    Map<?, ?> measure(String script) {
        return (Map<?, ?>) browser.executeScript(script);
    }

    private static String read(String resource) {
        try (InputStream in = JsonObject.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
