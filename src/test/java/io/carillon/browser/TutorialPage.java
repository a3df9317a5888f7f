package io.carillon.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A window with one of the pages below {@code tutorial/}, which know nothing of this hub but its addresses. */
final class TutorialPage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver browser;
    private final String window;

    private TutorialPage(ChromeDriver browser) {
        this.browser = browser;
        this.window = browser.getWindowHandle();
    }

    /** Opens it in a window of its own, on the hub's origin: the text of an answer of the hub makes way for it. */
    static TutorialPage open(ChromeDriver browser, URI hub, String name) {
        browser.switchTo().newWindow(WindowType.WINDOW);
        browser.get(hub.resolve("v1/poll?timeout=1").toString());
        browser.executeScript("document.open(); document.write(arguments[0]); document.close();", source(name));
        return new TutorialPage(browser);
    }

    private static String source(String name) {
        try (var page = TutorialPage.class.getResourceAsStream("/tutorial/" + name)) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TutorialPage say(String user, String text) {
        find("#user").clear();
        find("#user").sendKeys(user);
        find("#text").clear();
        find("#text").sendKeys(text);
        find("button").click();
        return this;
    }

    /** Waits until the page calls itself so. */
    TutorialPage await(String state) {
        until("the page to be " + state, unused -> state.equals(find("body").getDomAttribute("class")));
        return this;
    }

    /** Waits for that many lines, and answers all that there are. */
    List<String> lines(int atLeast) {
        until(atLeast + " lines", unused -> lines().size() >= atLeast);
        return lines();
    }

    List<String> lines() {
        find("#messages");
        return ((List<?>) browser.executeScript(
                        "return [...document.querySelectorAll('#messages li')].map(item => item.textContent)"))
                .stream().map(String.class::cast).toList();
    }

    private void until(String what, Predicate<Object> condition) {
        new WebDriverWait(browser, PATIENCE, Duration.ofMillis(100))
                .withMessage(() -> what + ", not " + find("body").getDomAttribute("class") + " with " + lines())
                .until(condition::test);
    }

    private WebElement find(String selector) {
        return browser.switchTo().window(window).findElement(By.cssSelector(selector));
    }
}
