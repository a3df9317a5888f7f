package io.carillon.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.RawHttp;
import io.carillon.protocol.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What is not parsed again, beside what a real Undertow makes of the same bytes. */
class NextPollProperties {
    private static PollingServer server;

    /** All but the cursor. */
    record Poll(List<String> before, String name, List<String> after, List<String> fields) {
        String with(String cursor) {
            StringBuilder head = new StringBuilder("GET /hub/v1/poll?");
            before.forEach(parameter -> head.append(parameter).append('&'));
            head.append(name).append('=').append(cursor);
            after.forEach(parameter -> head.append('&').append(parameter));
            head.append(" HTTP/1.1\r\nHost: a.example:8080\r\n");
            fields.forEach(field -> head.append(field).append("\r\n"));
            return head.append("\r\n").toString();
        }
    }

    @BeforeContainer
    static void start() {
        Reply reply = new Reply(200, "application/json", Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
        server = new PollingServer(-1, (thread, cursor, answer) -> answer.accept(reply));
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    @Provide
    Arbitrary<Poll> polls() {
        Arbitrary<String> words =
                Arbitraries.strings().withCharRange('a', 'e').ofMinLength(1).ofMaxLength(3);
        Arbitrary<String> values = Arbitraries.of("", "1", "a.b", "%20", "a+b", "%C3%A9", "since=1", "*", "last_id");
        Arbitrary<List<String>> parameters = Combinators.combine(words, values)
                .as((name, value) -> name + '=' + value)
                .list()
                .ofMaxSize(3);
        Arbitrary<List<String>> fields = Combinators.combine(
                        Arbitraries.of("Accept", "accept", "X-A", "X-B", "User-Agent", "Origin", "Referer"),
                        Arbitraries.of("", "*/*", "a b", "x:y", "  padded ", "\"q\"", "gzip, br"))
                .as((name, value) -> name + ": " + value)
                .list()
                .ofMaxSize(5);
        return Combinators.combine(parameters, Arbitraries.of("since", "last_id"), parameters, fields)
                .as(Poll::new);
    }

    @Provide
    Arbitrary<String> cursors() {
        return Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(16);
    }

    /** On a connection of its own, where nothing is known. */
    private static PollingServer.Seen parsed(String request) throws IOException {
        try (RawHttp fresh = server.connect()) {
            assertThat(fresh.ask(request)).startsWith("HTTP/1.1 200 ");
        }
        assertThat(server.last().parsed()).isTrue();
        return server.last();
    }

    @Property(tries = 300)
    void whatIsNotParsedLooksAsIfItWere(
            @ForAll("polls") Poll poll,
            @ForAll("cursors") String first,
            @ForAll("cursors") String second,
            @ForAll("cursors") String third)
            throws IOException {
        try (RawHttp client = server.connect()) {
            client.ask(poll.with(first));
            client.ask(poll.with(second));
            assertThat(client.ask(poll.with(third))).startsWith("HTTP/1.1 200 ");
            PollingServer.Seen again = server.last();
            assertThat(again.parsed()).as(poll.with(third)).isFalse();
            assertThat(again.all()).isEqualTo(parsed(poll.with(third)).all());
        }
    }

    /** Also where that is no request any more, which ends the connection. */
    @Property(tries = 500)
    void whateverElseChangesIsReadByTheServer(
            @ForAll("polls") Poll poll,
            @ForAll("cursors") String cursor,
            @ForAll int place,
            @ForAll @IntRange(min = 32, max = 126) int letter)
            throws IOException {
        String same = poll.with(cursor);
        int at = Math.floorMod(place, same.length());
        if (same.charAt(at) < ' ') {
            return; // without its ends a head is never over
        }
        String other = same.substring(0, at) + (char) letter + same.substring(at + 1);
        String answer;
        String seen;
        try (RawHttp fresh = server.connect()) {
            answer = fresh.ask(other);
            seen = server.last().all();
        }
        try (RawHttp client = server.connect()) {
            client.ask(poll.with("1"));
            client.ask(poll.with("2"));
            String before = server.last().all();
            assertThat(status(client.ask(other))).as(other).isEqualTo(status(answer));
            if (status(answer).endsWith(" 200")) {
                assertThat(server.last().all()).as(other).isEqualTo(seen);
            } else {
                assertThat(server.last().all()).as(other).isEqualTo(before);
            }
        }
    }

    private static String status(String answer) {
        return answer.substring(0, Math.min(answer.length(), 12));
    }
}
