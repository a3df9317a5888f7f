package io.carillon.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.browser.ClientPage.Told;
import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import io.carillon.client.Target;
import io.carillon.client.Tokens;
import io.carillon.client.WebSocketClient;
import io.carillon.server.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** The client that the hub serves, in a browser, while everything breaks: each publication is there once, in order. */
@ExtendWith(HubAndBrowser.class)
class ClientBrowserIT {
    private static final List<String> TRANSPORTS = List.of("websocket", "sse", "long-poll");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private RunningHub hub;
    private ChromeDriver browser;
    private Publisher publisher;
    /** Of this test alone. */
    private String channel;

    private final List<Long> published = new ArrayList<>();

    @BeforeEach
    void meet(RunningHub hub, ChromeDriver browser, TestInfo test) {
        this.hub = hub;
        this.browser = browser;
        publisher = new Published(hub).publisher;
        channel = "demo." + test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void twoBrowsersChat() {
        var second = Browser.open();
        try {
            var ann = ClientPage.open(browser, hub.uri("")).listen(Map.of(), channel);
            var bob = ClientPage.open(second, hub.uri(""))
                    .listen(Map.of("transports", List.of("sse")), channel, "demo.*");

            for (int i = 0; i < 5; i++) {
                published.add(ann.publish(channel, "Hello " + i));
                published.add(bob.publish(channel, "Grüß dich " + i));
            }

            assertThat(intact(ann)).extracting(Told::transport).isEqualTo("websocket");
            var heard = intact(bob);
            assertThat(heard.transport()).isEqualTo("sse");
            assertThat(heard.ids(1)).containsAll(published).isSorted().doesNotHaveDuplicates();
        } finally {
            second.quit();
        }
    }

    @Test
    void serverIsKilledAndComesBack() {
        var pages = TRANSPORTS.stream().map(this::listenOver).toList();
        publish(3);
        pages.forEach(this::intact);
        try {
            hub.kill();
            pages.forEach(page -> page.await("to be cut off", now -> now.transport() == null));
        } finally {
            hub.restart();
        }
        publish(20);
        for (int i = 0; i < pages.size(); i++) {
            pages.get(i).run("hub.connect()");
            assertThat(intact(pages.get(i)).transport()).isEqualTo(TRANSPORTS.get(i));
        }
    }

    @Test
    void fallsToWhatTheNetworkLetsThroughAndComesBackUp() {
        try (var cable = new Cable(hub.uri(""))) {
            var page = ClientPage.open(browser, cable.uri()).listen(Map.of("upgradeAfter", 1), channel);
            assertThat(page.told().transport()).isEqualTo("websocket");
            publish(2);
            intact(page);

            cable.block("v1/ws");
            cable.jolt();
            changesTo(page, "sse");
            cable.block("v1/events");
            cable.jolt();
            changesTo(page, "long-poll");

            cable.unblock("v1/events");
            changesTo(page, "sse");
            cable.unblock("v1/ws");
            changesTo(page, "websocket");
            assertThat(page.told().events("close"))
                    .as("cut twice, never to move up")
                    .hasSize(2);
        }
    }

    @Test
    void deadConnectionsAreNoticedAndNothingIsMissed() {
        try (var cable = new Cable(hub.uri(""))) {
            var pages = listenWithTheClock(cable);

            cable.deaden();
            publish(3);

            for (var page : pages) {
                var back = intact(page);
                assertThat(back.ids(1)).isSorted().doesNotHaveDuplicates();
                assertThat(back.events("close")).isNotEmpty().allMatch(why -> why.contains("silence"));
            }
        }
    }

    @Test
    void pagesThatWereFrozenMissNothing() {
        try (var cable = new Cable(hub.uri(""))) {
            var pages = listenWithTheClock(cable);

            pages.forEach(page -> page.freeze(true));
            publish(3);
            cable.jolt();
            publish(3);
            pages.forEach(page -> page.freeze(false));
            publish(3);

            for (var page : pages) {
                assertThat(intact(page).ids(1)).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void tabsShareOneConnectionAndAnotherOneLeadsWhenTheFirstIsClosed() throws IOException {
        var tabs = IntStream.range(0, 3)
                .mapToObj(i -> ClientPage.open(browser, hub.uri("")).listen(Map.of("shared", true), channel))
                .toList();
        publish(3);
        tabs.forEach(this::intact);
        assertThat(connections()).isEqualTo(1);

        tabs.get(0).close();
        publish(10);
        var left = tabs.subList(1, 3);
        left.forEach(this::intact);
        await().atMost(PATIENCE).until(() -> connections() == 1);
        left.get(0).close();
        publish(10);
        intact(left.get(1));

        var late = ClientPage.open(browser, hub.uri("")).listen(Map.of("shared", true), channel);
        var next = publisher.publish(channel, "{}");
        published.add(next);
        intact(left.get(1));
        assertThat(late.awaitId(next).ids(0)).containsExactly(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "sse", "long-poll"})
    void tokensAreRenewedAndNothingIsMissed(String transport) throws IOException {
        channel = "private." + transport;
        var grants = "{\"subscribe\":[\"private.*\"],\"publish\":[\"private.*\"]}";
        var tokens = List.of(token(grants, 10), token(grants, 20), token(grants, 3600));
        var only = Map.<String, Object>of("transports", List.of(transport));
        var page = ClientPage.open(browser, hub.uri("")).listen(only, tokens, channel);
        var end = Instant.now().plusSeconds(24);
        while (Instant.now().isBefore(end)) {
            published.add(page.publish(channel, "secret"));
        }
        var told = intact(page);
        assertThat(told.transport()).isEqualTo(transport);
        assertThat(told.events("error")).isEmpty();
    }

    @Test
    void whoMovesToAnotherTransportHasNotLeftAndWhoClosesLeavesAfterTheLease() {
        channel = "demo.room.1";
        var target = new Target("the hub", hub.uri(""), Map.of());
        try (var cable = new Cable(hub.uri(""));
                var observer = new WebSocketClient(target).connect(List.of("demo.room.*"), null)) {
            var ann = ClientPage.open(browser, cable.uri()).listen(Map.of("client", "ann"), channel);
            var bob = ClientPage.open(browser, hub.uri("")).listen(Map.of(), channel);
            var both = bob.members(channel);
            assertThat(both).hasSize(2).startsWith("client:ann").allMatch(member -> member.matches("client:[\\w-]+"));

            cable.block("v1/ws");
            cable.jolt();
            ann.await("to be on SSE", now -> "sse".equals(now.transport()));
            bob.run("hub.close()"); // later, so that his lease ends after hers would
            await().atMost(PATIENCE).until(() -> told(observer).size() >= 3);
            assertThat(told(observer))
                    .containsExactly("join " + both.get(0), "join " + both.get(1), "leave " + both.get(1));
            assertThat(ann.members(channel)).containsExactly("client:ann");

            ann.run("hub.close()");
            await().atMost(PATIENCE).until(() -> {
                publish(1); // the server finds out by writing
                return told(observer).contains("leave client:ann");
            });
        }
    }

    /** Who has come and gone. */
    private static List<String> told(WebSocketClient observer) {
        return observer.received().stream()
                .filter(received -> !received.event().equals("message"))
                .map(received -> received.event() + " "
                        + JsonObject.parse(received.data()).text("member"))
                .toList();
    }

    @Test
    void pageWithAStrictPolicyMayLoadIt() {
        browser.get(hub.uri("").toString());
        browser.manage().logs().get("browser");
        var works = browser.executeAsyncScript("""
                const done = arguments[0];
                import('/carillon.js').then(({ Carillon }) => {
                  const hub = new Carillon('/v1', { shared: true });
                  hub.on('open', () => done('open'));
                  hub.subscribe('public', () => {});
                }, failure => done(String(failure)));
                """);
        assertThat(works).isEqualTo("open");
        assertThat(browser.manage().logs().get("browser").getAll()).isEmpty();
    }

    // ---- words of these tests ----

    private ClientPage listenOver(String transport) {
        return ClientPage.open(browser, hub.uri("")).listen(Map.of("transports", List.of(transport)), channel);
    }

    /** The clock of the demo ticks every second: on a stream a sign of life that is missed sooner than a heartbeat. */
    private List<ClientPage> listenWithTheClock(Cable cable) {
        var pages = TRANSPORTS.stream()
                .map(transport -> ClientPage.open(browser, cable.uri())
                        .listen(Map.of("transports", List.of(transport), "heartbeat", 5), channel, "demo.*"))
                .toList();
        publish(2);
        pages.forEach(this::intact);
        return pages;
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            published.add(publisher.publish(channel, "{\"n\":" + i + "}"));
        }
    }

    /** Publishes until the page says that it is there, and a little more. */
    private void changesTo(ClientPage page, String transport) {
        page.await("to be on " + transport, now -> {
            publish(1);
            return transport.equals(now.transport());
        });
        publish(2);
        intact(page);
    }

    /** Waits for the newest publication, and looks whether all are there, once and in order, and no gap was told. */
    private Told intact(ClientPage page) {
        var told = page.awaitId(published.get(published.size() - 1));
        assertThat(told.ids(0)).isEqualTo(published);
        assertThat(told.events("gap")).isEmpty();
        return told;
    }

    /** How many are on the channel, asked by somebody who may. */
    private long connections() throws IOException {
        var token = token("{\"presence\":[\"**\"]}", 3600);
        var target = new Target("the hub", hub.uri(""), Map.of("Authorization", "Bearer " + token));
        return new Publisher(target)
                .get("v1/channels/" + channel + "/presence")
                .json()
                .number("count");
    }

    private String token(String grants, long seconds) throws IOException {
        var secret = Files.readString(
                Path.of("target", "run", Integer.toString(hub.uri("").getPort()), "secret"));
        return Tokens.expiring(secret.strip(), "ann", grants, Instant.now().plusSeconds(seconds));
    }
}
