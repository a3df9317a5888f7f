package io.carillon.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Publisher;
import io.carillon.server.RunningHub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.chrome.ChromeDriver;

/** Pages as any tutorial on WebSocket, EventSource or long-polling has them work unmodified. */
@ExtendWith(HubAndBrowser.class)
class TutorialPageBrowserIT {
    private RunningHub hub;
    private ChromeDriver browser;
    private Publisher publisher;

    @BeforeEach
    void meet(RunningHub hub, ChromeDriver browser) {
        this.hub = hub;
        this.browser = browser;
        publisher = new Published(hub).publisher;
    }

    @Test
    void chatOfTheWebSocketTutorialWorks() {
        var ann = open("websocket.html").await("alive");
        var bob = open("websocket.html").await("alive");

        ann.say("Ann", "Hello!");
        bob.lines(1);
        bob.say("Bob", "Grüß dich, \"Ann\"");

        var both = List.of("Ann: Hello!", "Bob: Grüß dich, \"Ann\"");
        assertThat(ann.lines(2)).isEqualTo(both);
        assertThat(bob.lines(2)).isEqualTo(both);
    }

    @Test
    void eventSourceOfTheTutorialHearsMessagesAndUpdates() {
        var page = open("events.html").await("open");

        publisher.publish("public", "{\"message\":\"one\"}");
        publisher.publish("public", "update", "{\"message\":\"two\"}");
        publisher.post("v1/notify", "application/json", "{\"message\":\"three\"}");

        assertThat(page.lines(3)).containsExactly("message: one", "update: two", "update: three");
    }

    @Test
    void eventSourceThatLosesTheNetworkBeforeItHasHeardAnythingMissesNothing() {
        try (var cable = new Cable(hub.uri(""))) {
            var page = TutorialPage.open(browser, cable.uri(), "events.html").await("open");

            cable.cut();
            page.await("broken");
            publisher.publish("public", "{\"message\":\"while you were away\"}");
            cable.mend();

            assertThat(page.lines(1)).containsExactly("message: while you were away");
        }
    }

    @Test
    void loopOfTheLongPollTutorialMissesNothingBetweenItsPolls() {
        publisher.publish("public", "{\"message\":\"before\"}");
        var page = open("poll.html").await("ok");
        var before = page.lines();
        assertThat(before).endsWith("message: before");

        var expected = new ArrayList<>(before);
        for (int n = 0; n < 20; n++) {
            publisher.publish("public", n % 2 == 0 ? "message" : "update", "{\"message\":" + n + "}");
            expected.add((n % 2 == 0 ? "message: " : "update: ") + n);
        }
        publisher.post("v1/notify", "application/json", "{\"message\":\"last\"}");
        expected.add("update: last");

        assertThat(page.lines(expected.size())).isEqualTo(expected);
    }

    private TutorialPage open(String name) {
        return TutorialPage.open(browser, hub.uri(""), name);
    }
}
