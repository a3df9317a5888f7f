package io.carillon.remote;

import static io.carillon.remote.StubHub.answer;
import static io.carillon.remote.StubHub.hanging;
import static io.carillon.remote.StubHub.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.remote.CommandLine.Ended;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** {@code bin/carillon} against a hub that is no more than answers; CommandLineIT has the real one. */
class CommandLineTest {
    private static final String TOKEN = "e30.e30.c2ln";
    private static final String GREETING = "retry: 1\nid: 4";

    private static String publication(int id) {
        return "id: " + id + "\ndata: {\"id\":" + id + "}";
    }

    @Test
    void aTailGoesOnFromItsCursorWhenItsStreamEnds() throws Exception {
        try (StubHub hub = new StubHub(
                stream(GREETING, publication(5)),
                answer(503, "{\"detail\":\"not yet\"}", "Content-Type", "application/problem+json"),
                stream(": beat", "id: 6\nevent: gap\ndata: {\"channel\":\"a\"}", "id: 7\ndata: {\"data\":[\ndata: 1]}"),
                hanging(publication(8)))) {
            Ended tail = new CommandLine(hub.root(), TOKEN).run("tail", "a", "b.*", "--since", "3", "--count", "3");

            assertThat(tail.out()).isEqualTo("{\"id\":5}\n{\"data\":[ 1]}\n{\"id\":8}\n");
            assertThat(tail.err()).contains("missed", "{\"channel\":\"a\"}", "503, not now");
            assertThat(tail.code()).isZero();
            assertThat(hub.asked).extracting(StubHub.Asked::cursor).containsExactly("null", "5", "5", "7");
            assertThat(hub.asked).allSatisfy(asked -> {
                assertThat(asked.path()).isEqualTo("/v1/events?envelope=1&since=3&channel=a&channel=b.*");
                assertThat(asked.authorization()).isEqualTo("Bearer " + TOKEN);
            });
        }
    }

    @Test
    void aTailEndsWhenTheHubSaysThatItShallNotComeBack() throws Exception {
        String bye = "event: bye\ndata: {\"code\":4503,\"reason\":\"closed by an operator\",\"reconnect\":false}";
        try (StubHub hub = new StubHub(stream(GREETING, bye))) {
            Ended tail = new CommandLine(hub.root(), "").run("tail", "a");

            assertThat(tail.code()).isEqualTo(1);
            assertThat(tail.err()).contains("closed by an operator");
        }
    }

    @Test
    void noArgumentOfAnyProcessHoldsTheToken() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        StubHub.Answer look = exchange -> {
            ProcessHandle.current()
                    .descendants()
                    .forEach(process -> process.info().commandLine().ifPresent(seen::add));
            return answer(201, "{}").to(exchange);
        };
        try (StubHub hub = new StubHub(look)) {
            assertThat(new CommandLine(hub.root(), TOKEN)
                            .run("publish", "a", "1")
                            .code())
                    .isZero();

            assertThat(hub.asked.get(0).authorization()).isEqualTo("Bearer " + TOKEN);
            assertThat(seen).anyMatch(line -> line.contains("curl")).noneMatch(line -> line.contains(TOKEN));
        }
    }

    @Test
    void whatAnAddressCannotHoldIsEscaped() throws Exception {
        try (StubHub hub = new StubHub(answer(201, "{}"))) {
            new CommandLine(hub.root(), "")
                    .run(
                            "publish",
                            "$user.a:40b",
                            "{\"a\": \"b&c\"}",
                            "--event",
                            "é &=",
                            "--key",
                            "a/b",
                            "--ephemeral");

            assertThat(hub.paths())
                    .containsExactly(
                            "/v1/channels/$user.a:40b/publications?event=%C3%A9%20%26%3D&key=a%2Fb&ephemeral=true");
            assertThat(hub.asked.get(0).body()).isEqualTo("{\"a\": \"b&c\"}");
        }
    }

    @Test
    void eachMistakeHasItsExitCodeAndSaysWhatToDo() throws Exception {
        try (StubHub hub = new StubHub(
                answer(401, "{\"detail\":\"a token is \\\"needed\\\"\"}"),
                answer(404, "<html>"),
                answer(404, "<html>"))) {
            CommandLine line = new CommandLine(hub.root(), "");
            said(line.run("publish", "a", "1"), 1, "401: a token is \"needed\"", "CARILLON_TOKEN");
            said(line.run("presence", "a"), 1, "does not answer like a hub", "--url");
            said(line.run("tail", "a"), 1, "does not answer like a hub", "--url");
            said(line.run("publish"), 2, "takes a channel");
            said(line.run("presence", "a", "--since", "1"), 2, "presence has no such option: since");
            said(line.run("kick"), 2, "kick whom?");
            said(line.run("shout"), 2, "there is no command shout");
            said(line.run("--token", "@nowhere", "presence", "a"), 2, "cannot read");
        }
        CommandLine nowhere = new CommandLine(URI.create("http://127.0.0.1:1/"), "");
        said(nowhere.run("history", "a"), 3, "no hub at http://127.0.0.1:1/", "bin/run");
        said(nowhere.run("tail", "a"), 3, "no hub at http://127.0.0.1:1/", "bin/run");
    }

    private static void said(Ended ended, int code, String... words) {
        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
        assertThat(ended.err()).contains(words);
        assertThat(ended.out()).isEmpty();
    }
}
