package io.carillon.browser;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A window with nothing but the client that the hub serves, which notes what it is told. */
final class ClientPage {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String START = """
            const [options, channels, tokens, done] = arguments;
            window.ids = channels.map(() => []);
            window.told = [];
            import('/carillon.js').then(({ Carillon }) => {
              if (tokens.length) options.token = async () => (tokens.length > 1 ? tokens.shift() : tokens[0]);
              window.hub = new Carillon('/v1', options);
              for (const name of ['open', 'close', 'gap', 'transport', 'error']) {
                hub.on(name, detail => told.push([name, JSON.stringify(detail)]));
              }
              window.subscriptions = channels.map((channel, i) => hub.subscribe(channel, ({ id }) => ids[i].push(id)));
              done();
            }, failure => done(String(failure)));
            """;

    private static final String IN_PLACE = "return subscriptions.every(({ cursor }) => cursor !== undefined)";

    /**
     * What it has been told so far.
     *
     * @param ids of each subscription, in the order of arrival
     * @param events each as its name and its detail
     */
    record Told(String transport, List<List<Long>> ids, List<List<String>> events) {
        List<Long> ids(int subscription) {
            return ids.get(subscription);
        }

        List<String> events(String name) {
            return events.stream()
                    .filter(event -> event.get(0).equals(name))
                    .map(event -> event.get(1))
                    .toList();
        }
    }

    private final ChromeDriver browser;
    private final String window;

    private ClientPage(ChromeDriver browser) {
        this.browser = browser;
        this.window = browser.getWindowHandle();
    }

    /** Opens it in a window of its own, on the hub's origin. */
    static ClientPage open(ChromeDriver browser, URI hub) {
        browser.switchTo().newWindow(WindowType.WINDOW);
        browser.get(hub.resolve("v1/channels/public/publications?limit=1").toString());
        return new ClientPage(browser);
    }

    /** Begins to listen, and waits until the hub has said from where on. */
    ClientPage listen(Map<String, Object> options, String... channels) {
        return listen(options, List.of(), channels);
    }

    /** @param tokens what the client gets when it asks for one, the last again and again */
    ClientPage listen(Map<String, Object> options, List<String> tokens, String... channels) {
        browser.manage().timeouts().scriptTimeout(PATIENCE);
        var failure = in().executeAsyncScript(START, options, List.of(channels), tokens);
        if (failure != null) {
            throw new AssertionError(failure);
        }
        await("to be in place", now -> now.transport != null && Boolean.TRUE.equals(run(IN_PLACE)));
        return this;
    }

    /** Publishes by the client, and waits until it is stored. */
    long publish(String channel, String text) {
        return (Long) in().executeAsyncScript(
                        "const [channel, text, done] = arguments; hub.publish(channel, { text }).then(({ id }) => done(id))",
                        channel,
                        text);
    }

    /** Who is there, asked by the client. */
    List<String> members(String channel) {
        return ((List<?>) in().executeAsyncScript(
                                "const [channel, done] = arguments;"
                                        + " hub.presence(channel).then(({ members }) => done(members.map(({ member }) => member)), done)",
                                channel))
                .stream().map(String::valueOf).toList();
    }

    Object run(String script) {
        return in().executeScript(script);
    }

    /** As the browser does with a window that nobody looks at. */
    void freeze(boolean frozen) {
        in().executeCdpCommand("Page.setWebLifecycleState", Map.of("state", frozen ? "frozen" : "active"));
    }

    void close() {
        in().close();
    }

    Told told() {
        var read = (List<?>) in().executeScript("return [hub.transport, ids, told]");
        @SuppressWarnings("unchecked") // as the script above has it
        var told = new Told((String) read.get(0), (List<List<Long>>) read.get(1), (List<List<String>>) read.get(2));
        return told;
    }

    Told await(String what, Predicate<Told> condition) {
        in();
        return new WebDriverWait(browser, PATIENCE, Duration.ofMillis(100))
                .withMessage(() -> what + ", not " + told())
                .until(unused -> {
                    var now = told();
                    return condition.test(now) ? now : null;
                });
    }

    /** Waits until a subscription has been given that publication. */
    Told awaitId(long id) {
        return await("publication " + id, now -> now.ids(0).contains(id));
    }

    private ChromeDriver in() {
        browser.switchTo().window(window);
        return browser;
    }
}
