package io.carillon.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.browser.DemoPage.Bubble;
import io.carillon.browser.DemoPage.Row;
import io.carillon.browser.DemoPage.Shown;
import io.carillon.client.Publisher;
import io.carillon.server.RunningHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** The demo page as a person uses it, against the hub that {@code bin/run} serves. */
@ExtendWith(HubAndBrowser.class)
class DemoPageBrowserIT {
    /** Until a page has noticed that its server is back; the wait between its attempts grows to 5 s. */
    private static final Duration COME_BACK = Duration.ofSeconds(60);

    private RunningHub hub;
    private ChromeDriver browser;
    private Published published;
    private Publisher publisher;

    @BeforeEach
    void meet(RunningHub hub, ChromeDriver browser) {
        this.hub = hub;
        this.browser = browser;
        published = new Published(hub);
        publisher = published.publisher;
    }

    // ---- live ----

    @ParameterizedTest
    @EnumSource(Via.class)
    void clockTicksLiveOnEachTransport(Via via) {
        var page = open().listen(via);

        var ticking = page.await("three live ticks", now -> liveTicks(now, via).size() >= 3);

        assertThat(ticking.cursor()).isGreaterThanOrEqualTo(ticking.ids().get(0));
        assertThat(ticking.received()).isGreaterThanOrEqualTo(3);
        assertIntact(page);
    }

    @Test
    void chatIsTheSameOnAllPagesWhateverTheirTransport() {
        var ann = open().listen(Via.WEBSOCKET).callMyself("Ann");
        var bob = open().listen(Via.SSE).callMyself("Bob");
        var eve = open().listen(Via.LONG_POLL).callMyself("Eve");

        ann.say("Who can hear me?");
        bob.await("Ann's question", now -> now.bubbles().size() == 1);
        bob.say("I can, über SSE ☎");
        eve.await("Bob's answer", now -> now.bubbles().size() == 2);
        eve.say("<b onclick='alert(1)'>so can I</b>");

        for (var page : List.of(ann, bob, eve)) {
            var heard = page.await("three lines", now -> now.bubbles().size() == 3);
            assertThat(heard.bubbles())
                    .containsExactly(
                            new Bubble("Ann", page == ann, "Who can hear me?"),
                            new Bubble("Bob", page == bob, "I can, über SSE ☎"),
                            new Bubble("Eve", page == eve, "<b onclick='alert(1)'>so can I</b>"));
            assertIntact(page);
        }
    }

    @Test
    void whatIsStruckOnOnePageRingsOnAll() {
        var pages = openOnEachTransport();

        pages.get(Via.WEBSOCKET).strike(3);
        pages.get(Via.SSE).ring();
        var id = publisher
                .post(
                        "v1/channels/public/publications",
                        "application/json",
                        dataOf(pages.get(Via.LONG_POLL).text("curl")))
                .json()
                .number("id");

        for (var page : pages.values()) {
            var rung = page.await("three strokes", now -> strokes(now).size() == 3);
            assertThat(strokes(rung)).extracting(Row::id).contains(id);
            assertThat(strokes(rung)).extracting(DemoPageBrowserIT::bell).containsExactlyInAnyOrder(3, 1, 3);
            assertIntact(page);
        }
    }

    // ---- cut ----

    @ParameterizedTest(name = "cut on {0}, back on {1}")
    @CsvSource({"WEBSOCKET, SSE", "SSE, LONG_POLL", "LONG_POLL, WEBSOCKET", "SSE, SSE"})
    void pulledPlugComesBackAtTheSameCursorWithNothingMissingAndNothingTwice(Via before, Via after) {
        var page = open().listen(before);

        page.plug();
        var cut = page.await("cut", now -> now.state().equals("cut"));
        var missed = new ArrayList<Long>();
        for (int bell = 1; bell <= 5; bell++) {
            missed.add(publisher.publish("public", "{\"bell\":" + bell + "}"));
        }
        missed.add(publisher.publish("public", "chat", "{\"user\":\"Sallie\",\"message\":\"Where are you?\"}"));
        await("a tick that it misses")
                .until(() -> published.after(missed.get(5)).ids().size() > 0);
        assertThat(page.shown()).returns(cut.received(), Shown::received).returns(cut.cursor(), Shown::cursor);

        if (before == after) {
            page.plug();
        } else {
            page.choose(after);
        }

        var back = page.await("resumed", now -> !now.note().isEmpty());
        assertThat(back.note())
                .matches("resumed at " + cut.cursor() + " over " + after.label
                        + ": \\d+ publications caught up, 0 missing");
        assertThat(back.rows())
                .filteredOn(row -> row.via().equals(after.code) && !row.live())
                .extracting(Row::id)
                .containsAll(missed);
        assertThat(back.bubbles()).contains(new Bubble("Sallie", false, "Where are you?"));
        assertThat(back).returns(0L, Shown::gaps).returns("", Shown::gap);
        assertIntact(page);
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void networkThatGoesAndComesBackLosesNothing(Via via) {
        try (var cable = new Cable(hub.uri(""))) {
            var page = DemoPage.open(browser, cable.uri()).listen(via);

            cable.cut();
            var waiting = page.await("waiting", now -> now.state().equals("waiting"));
            var missed = publisher.burst("public", 150);
            cable.mend();

            var back = page.await("resumed", COME_BACK, now -> !now.note().isEmpty());
            assertThat(back.note())
                    .matches("resumed at " + waiting.cursor() + " over " + via.label
                            + ": \\d+ publications caught up, 0 missing");
            assertThat(back.received()).isGreaterThanOrEqualTo(waiting.received() + missed.size());
            assertThat(back).returns(0L, Shown::gaps);
            assertIntact(page);
        }
    }

    @ParameterizedTest
    @CsvSource({"stopped", "killed"})
    void pagesComeBackByThemselvesWhenTheServerDoes(String how) {
        var pages = openOnEachTransport();

        var held = new EnumMap<Via, Shown>(Via.class);
        try {
            if (how.equals("killed")) {
                hub.kill();
            } else {
                hub.stop();
            }
            pages.forEach((via, page) ->
                    held.put(via, page.await("waiting", now -> now.state().equals("waiting"))));
        } finally {
            hub.restart();
        }
        var fresh = publisher.publish("public", "{\"bell\":1}");

        pages.forEach((via, page) -> {
            long cursor = held.get(via).cursor();
            assertThat(held.get(via).holding()).startsWith("Holding cursor " + cursor + " for ");
            var back = page.await(
                    "resumed",
                    COME_BACK,
                    now -> !now.note().isEmpty() && now.ids().contains(fresh));
            assertThat(back.note())
                    .startsWith("resumed at " + cursor + " over " + via.label + ": ")
                    .contains(" 0 missing");
            int gaps = published.after(cursor).gaps();
            assertThat(back.gaps()).as("gaps, as the hub's history has them").isEqualTo(gaps);
            assertThat(back.gap().isEmpty()).as("no gap is shown").isEqualTo(gaps == 0);
            assertIntact(page);
        });
    }

    // ---- the page itself ----

    @Test
    void onlyThePagesOwnFilesRunOnIt() {
        browser.manage().logs().get("browser");
        var page = open().listen(Via.WEBSOCKET)
                .listen(Via.SSE)
                .listen(Via.LONG_POLL)
                .strike(8);
        page.await("a stroke", now -> strokes(now).size() == 1);
        assertThat(browser.getTitle()).startsWith("Carillon");
        assertThat(console()).as("complaints of the browser").isEmpty();

        var ran = browser.executeScript("""
                const stranger = document.createElement('script');
                stranger.textContent = 'window.strangerRan = true';
                document.head.append(stranger);
                return window.strangerRan === true;
                """);

        assertThat(ran).isEqualTo(false);
        assertThat(console()).singleElement().asString().contains("Content Security Policy");
    }

    private List<String> console() {
        return browser.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    // ---- words of these tests ----

    private DemoPage open() {
        return DemoPage.open(browser, hub.uri(""));
    }

    private Map<Via, DemoPage> openOnEachTransport() {
        var pages = new EnumMap<Via, DemoPage>(Via.class);
        for (var via : Via.values()) {
            pages.put(via, open().listen(via));
        }
        return pages;
    }

    private static List<Row> liveTicks(Shown shown, Via via) {
        return shown.rows().stream()
                .filter(row -> row.channel().equals("demo.clock") && row.via().equals(via.code) && row.live())
                .toList();
    }

    private static List<Row> strokes(Shown shown) {
        return shown.rows().stream()
                .filter(row -> row.channel().equals("public") && row.event().equals("message"))
                .toList();
    }

    private static int bell(Row row) {
        return Integer.parseInt(row.text().replaceFirst(".*\"bell\": (\\d+).*", "$1"));
    }

    /** What the command line of the page would send. */
    private static String dataOf(String curl) {
        return curl.replaceFirst("(?s).* -d '(.*)'.*", "$1");
    }

    /** Nothing missing, twice or out of order: by the page's own figures, and by what it lists against the hub's history. */
    private void assertIntact(DemoPage page) {
        var now = page.shown();
        assertThat(now).returns(0L, Shown::missing).returns(0L, Shown::twice).returns("", Shown::notice);
        var listed = new ArrayList<>(now.ids());
        Collections.reverse(listed);
        var truth = published.after(listed.get(0) - 1);
        assertThat(listed).as("ids in order of arrival").isSorted().doesNotHaveDuplicates();
        assertThat(listed)
                .filteredOn(id -> id > truth.lostUpTo())
                .as("what the hub has published since " + listed.get(0))
                .isEqualTo(truth.upTo(listed.get(listed.size() - 1)));
    }
}
