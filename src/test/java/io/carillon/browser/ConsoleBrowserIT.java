package io.carillon.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import io.carillon.client.SseClient;
import io.carillon.client.Target;
import io.carillon.client.WebSocketClient;
import io.carillon.server.RunningHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** The console as an operator uses it, with the token that {@code bin/run} prints. */
@ExtendWith(HubAndBrowser.class)
class ConsoleBrowserIT {
    private RunningHub hub;
    private ChromeDriver browser;
    private String token;
    private Publisher admin;
    private Target stranger;
    /** Of this test alone. */
    private String channel;

    @BeforeEach
    void meet(RunningHub hub, ChromeDriver browser, TestInfo test) {
        this.hub = hub;
        this.browser = browser;
        token = Awaitility.await().until(() -> printed(hub.output()), found -> !found.isEmpty());
        stranger = new Target("bin/run", hub.uri(""), Map.of());
        admin = new Publisher(stranger.with("Authorization", "Bearer " + token));
        channel = "demo." + test.getTestMethod().orElseThrow().getName();
    }

    private static String printed(String output) {
        Matcher token = Pattern.compile("(?m)^ +token (\\S+\\.\\S+\\.\\S+)$").matcher(output);
        return token.find() ? token.group(1) : "";
    }

    private ConsolePage open() {
        return ConsolePage.open(browser, hub.uri("admin/"));
    }

    // ---- coming in ----

    @Test
    void aWrongTokenIsRefusedInWords() {
        var page = open().signIn("no.such.token");
        page.await("words", () -> !page.text("sign-in-trouble").isEmpty());
        assertThat(page.text("sign-in-trouble")).contains("token");
        assertThat(page.hook("token").isDisplayed()).isTrue();
        assertThat(page.complaints()).allMatch(complaint -> complaint.contains("401"));
    }

    @Test
    void theTokenIsOfThisTabAndGoesWithSigningOut() {
        var page = open().enter(token);
        browser.navigate().refresh();
        page.await("to be in still", () -> "live".equals(page.hook("state").getDomAttribute("data-state")));
        assertThat(browser.executeScript("return Object.values(localStorage).join()")
                        .toString())
                .doesNotContain(token);

        page.click("sign-out");

        page.await("the form", () -> page.hook("token").isDisplayed());
        assertThat(browser.executeScript("return sessionStorage.length")).isEqualTo(0L);
        page.assertQuiet();
        var fresh = open();
        fresh.await("the form", () -> fresh.hook("token").isDisplayed());
        assertThat(browser.findElement(By.id("console")).isDisplayed()).isFalse();
    }

    // ---- what there is to see and to do ----

    @Test
    void theFiguresAreLive() {
        var page = open().enter(token);
        long before = number(page.text("figure-connections"));
        try (var client = new WebSocketClient(stranger).connect(List.of(channel), null)) {
            page.await("one more connection", () -> number(page.text("figure-connections")) == before + 1);
            assertThat(client.open()).isTrue();
        }
        page.await("one less", () -> number(page.text("figure-connections")) == before);
        assertThat(browser.findElements(By.cssSelector(".chart canvas"))).hasSizeGreaterThanOrEqualTo(6);
        page.assertQuiet();
    }

    @Test
    void whoConnectsIsSeenAndKicked() {
        var page = open().enter(token).go("connections");
        try (var client = new SseClient(stranger).connect(List.of(channel), null)) {
            page.type("search", channel);
            page.await("his row", () -> page.text("found").equals("1 to 1 of 1 connections"));
            String id = connectionOf(channel);
            page.rows(id).get(0).findElement(By.tagName("button")).click();
            page.confirm();

            page.await("his end", () -> page.text("found").equals("0 connections"));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !client.open());
            assertThat(page.text("said")).contains(id);
        }
        page.assertQuiet();
    }

    private String connectionOf(String channel) {
        JsonObject answer = admin.get("v1/admin/connections?q=" + channel).json();
        return answer.objects("connections").get(0).text("connection");
    }

    @Test
    void whatIsPublishedByHandIsInTheTail() {
        var page = open().enter(token).go("tail");
        page.type("tail-channel", "demo.*");
        page.click("tail-start");
        page.await("to be live", () -> page.text("tail-state").startsWith("live"));
        var listening = browser.getWindowHandle();

        var second = ConsolePage.open(browser, hub.uri("admin/")).enter(token).go("channels/" + channel);
        second.type("publish-data", "not json");
        second.click("publish");
        second.await("words", () -> second.text("publish-trouble").startsWith("This is no JSON"));
        second.type("publish-data", "{\"by\":\"hand\"}");
        second.type("publish-event", "<b>bell</b>");
        second.click("publish");
        second.await("its id", () -> second.text("published").startsWith("Published as "));
        second.await("it in the channel's own tail", () -> second.publications().equals(List.of("{\"by\":\"hand\"}")));

        browser.switchTo().window(listening);
        page.await("it in the tail", () -> page.publications().contains("{\"by\":\"hand\"}"));
        assertThat(admin.get("v1/channels/" + channel + "/publications").json().objects("publications"))
                .hasSize(1);
        page.assertQuiet();
    }

    @Test
    void whatAChannelRetainsIsSeenAndDeleted() {
        admin.publish(channel, "{\"n\":1}");
        admin.publish(channel, "{\"n\":2}");
        var page = open().enter(token).go("channels");
        page.type("search", channel);
        page.await("its row", () -> page.rows(channel).size() == 1);
        page.rows(channel).get(0).findElement(By.tagName("a")).click();
        page.await("its past, the newest first", () -> page.publications().equals(List.of("{\"n\":2}", "{\"n\":1}")));

        page.click("delete");
        page.confirm();

        page.await("nothing", () -> page.publications().isEmpty());
        assertThat(admin.get("v1/channels/" + channel + "/publications").json().objects("publications"))
                .isEmpty();
        admin.publish(channel, "{\"n\":3}");
        page.await("what comes after", () -> page.publications().equals(List.of("{\"n\":3}")));
        page.assertQuiet();
    }

    @Test
    void theSecretIsNotShown() {
        var page = open().enter(token).go("configuration");
        page.type("search", "token.secret");
        page.await("its row", () -> page.rows("carillon.token.secret").size() == 1);
        assertThat(page.rows("carillon.token.secret").get(0).getText()).contains("***");
        page.assertQuiet();
    }

    // ---- for everybody ----

    @Test
    void nothingKeepsPeopleFromUsingItInLightAndInDark() {
        admin.publish(channel, "{\"n\":1}");
        var page = open();
        assertThat(page.barriers()).isEmpty();
        page.enter(token);
        var sections = List.of(
                "overview", "connections", "channels", "channels/" + channel, "tail", "limits", "log", "configuration");
        for (var section : sections) {
            page.go(section);
            page.await(
                    "its data",
                    () -> !browser.findElements(By.cssSelector("#content .panel"))
                            .isEmpty());
            for (var theme : List.of("light", "dark")) {
                page.theme(theme);
                assertThat(page.barriers()).as(section + " in " + theme).isEmpty();
            }
        }
        page.theme("");
        page.assertQuiet();
    }

    @Test
    void itFitsOnAPhone() {
        var page = open().enter(token);
        var usual = browser.manage().window().getSize();
        try {
            browser.manage().window().setSize(new org.openqa.selenium.Dimension(500, 900));
            for (var section : List.of("overview", "connections", "channels", "limits", "configuration")) {
                page.go(section);
                var size = page.measure(
                        "return { page: document.documentElement.scrollWidth, window: document.documentElement.clientWidth }");
                assertThat((Long) size.get("page")).as(section).isLessThanOrEqualTo((Long) size.get("window"));
            }
        } finally {
            browser.manage().window().setSize(usual);
        }
    }

    private static long number(String text) {
        return text.matches("[\\d,]+") ? Long.parseLong(text.replace(",", "")) : -1;
    }
}
