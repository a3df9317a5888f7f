package io.carillon.browser;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One window with the demo page, driven as a person would, by clicks and keys; read through its test hooks. */
final class DemoPage {
    /** Generous, for a machine that has other things to do; a server's start is waited for elsewhere. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String READ = """
            const text = name => document.querySelector(`[data-testid="${name}"]`).textContent;
            return {
              state: text('state'), cursor: text('cursor'), note: text('resume-note'), holding: text('holding'),
              gap: text('gap'), notice: text('notice'),
              received: Number(text('received')), missing: Number(text('missing')), twice: Number(text('twice')),
              gaps: Number(text('gaps')), verdict: text('verdict'),
              rows: [...document.querySelectorAll('[data-testid="events"] > li')].map(({ dataset, classList, textContent }) =>
                ({ id: Number(dataset.id), channel: dataset.channel, event: dataset.event, via: dataset.transport,
                   live: !classList.contains('caught-up'), text: textContent })),
              bubbles: [...document.querySelectorAll('[data-testid="chat-log"] > .bubble')].map(bubble =>
                ({ user: bubble.dataset.user, own: bubble.classList.contains('own'), said: bubble.querySelector('p').textContent })),
            };
            """;

    /** A publication in the list. */
    record Row(long id, String channel, String event, String via, boolean live, String text) {}

    /** What somebody said. */
    record Bubble(String user, boolean own, String said) {}

    /** All that the page shows at one moment; the newest row and the oldest bubble are the first. */
    record Shown(
            String state,
            String cursorText,
            String note,
            String holding,
            String gap,
            String notice,
            long received,
            long missing,
            long twice,
            long gaps,
            String verdict,
            List<Row> rows,
            List<Bubble> bubbles) {
        long cursor() {
            return Long.parseLong(cursorText);
        }

        List<Long> ids() {
            return rows.stream().map(Row::id).toList();
        }
    }

    private final WebDriver browser;
    private final String window;

    private DemoPage(WebDriver browser, String window) {
        this.browser = browser;
        this.window = window;
    }

    /** Opens a window of its own. */
    static DemoPage open(WebDriver browser, URI address) {
        browser.switchTo().newWindow(WindowType.WINDOW);
        browser.get(address.toString());
        return new DemoPage(browser, browser.getWindowHandle());
    }

    // ---- what a person does ----

    /** Chooses a transport, which connects over it at once. */
    DemoPage choose(Via via) {
        hook("transport-" + via.code).click();
        return this;
    }

    /** Chooses a transport, and waits until something has come over it. */
    DemoPage listen(Via via) {
        choose(via);
        await(
                "live over " + via.label,
                now -> now.state.equals("live") && now.rows.stream().anyMatch(row -> row.via.equals(via.code)));
        return this;
    }

    /** Pulls the plug, or puts it back in. */
    DemoPage plug() {
        hook("plug").click();
        return this;
    }

    DemoPage ring() {
        hook("ring").click();
        return this;
    }

    /** Strikes a bell of the frame, from 1. */
    DemoPage strike(int bell) {
        in().findElement(By.cssSelector(".bell-" + bell)).click();
        return this;
    }

    DemoPage callMyself(String name) {
        type("chat-name", name);
        return this;
    }

    DemoPage say(String message) {
        type("chat-text", message);
        hook("chat-send").click();
        return this;
    }

    private void type(String name, String text) {
        WebElement field = hook(name);
        field.clear();
        field.sendKeys(text);
    }

    // ---- what a person sees ----

    Shown shown() {
        return shown((Map<?, ?>) ((JavascriptExecutor) in()).executeScript(READ));
    }

    String text(String name) {
        return hook(name).getText();
    }

    /** Waits for it, and answers what was shown then. */
    Shown await(String what, Predicate<Shown> condition) {
        return await(what, PATIENCE, condition);
    }

    Shown await(String what, Duration patience, Predicate<Shown> condition) {
        in();
        return new WebDriverWait(browser, patience, Duration.ofMillis(100))
                .withMessage(() -> what + ", not " + shown())
                .until(unused -> {
                    Shown now = shown();
                    return condition.test(now) ? now : null;
                });
    }

    private WebElement hook(String name) {
        return in().findElement(By.cssSelector("[data-testid='" + name + "']"));
    }

    /** The browser, with this window before it. */
    private WebDriver in() {
        browser.switchTo().window(window);
        return browser;
    }

    private static Shown shown(Map<?, ?> read) {
        return new Shown(
                (String) read.get("state"),
                (String) read.get("cursor"),
                (String) read.get("note"),
                (String) read.get("holding"),
                (String) read.get("gap"),
                (String) read.get("notice"),
                (Long) read.get("received"),
                (Long) read.get("missing"),
                (Long) read.get("twice"),
                (Long) read.get("gaps"),
                (String) read.get("verdict"),
                objects(read, "rows").map(DemoPage::row).toList(),
                objects(read, "bubbles").map(DemoPage::bubble).toList());
    }

    private static java.util.stream.Stream<Map<?, ?>> objects(Map<?, ?> read, String name) {
        return ((List<?>) read.get(name)).stream().map(one -> (Map<?, ?>) one);
    }

    private static Row row(Map<?, ?> row) {
        return new Row(
                (Long) row.get("id"),
                (String) row.get("channel"),
                (String) row.get("event"),
                (String) row.get("via"),
                (Boolean) row.get("live"),
                (String) row.get("text"));
    }

    private static Bubble bubble(Map<?, ?> bubble) {
        return new Bubble((String) bubble.get("user"), (Boolean) bubble.get("own"), (String) bubble.get("said"));
    }
}
