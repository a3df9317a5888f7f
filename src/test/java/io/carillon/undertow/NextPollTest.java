package io.carillon.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.RawHttp;
import io.carillon.contract.ServerProcess;
import io.carillon.polling.KnownPoll;
import io.carillon.polling.WholeAnswers;
import io.carillon.protocol.Cursors;
import io.carillon.protocol.Reply;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.XnioIoThread;

/** Between a client that polls and a real Undertow. */
class NextPollTest {
    private static final byte[] BODY = "{\"messages\":[]}".getBytes(StandardCharsets.UTF_8);

    private PollingServer server = new PollingServer(-1, NextPollTest::atOnce);

    @AfterEach
    void stop() {
        server.close();
    }

    private static void atOnce(XnioIoThread thread, long cursor, Consumer<Reply> answer) {
        answer.accept(Reply.upTo(cursor, BODY));
    }

    private static String poll(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: hub.example\r\nAccept: */*\r\nX-Twice: a\r\nX-Twice: b\r\n\r\n";
    }

    private static String tag(long cursor) {
        return "ETag: \"" + cursor + "\"\r\n";
    }

    private static String since(long cursor) {
        return poll("/v1/poll?channel=a&since=" + cursor + "&timeout=5");
    }

    /** So that a third, if it is the same, is not parsed. */
    private RawHttp warm() {
        RawHttp client = server.connect();
        assertThat(client.ask(since(1))).startsWith("HTTP/1.1 200 ");
        assertThat(server.last().parsed()).isTrue();
        assertThat(client.ask(since(2))).startsWith("HTTP/1.1 200 ");
        assertThat(server.last().parsed()).isTrue();
        return client;
    }

    @Test
    void fromTheThirdOnTheSamePollIsNotParsedAgain() throws Exception {
        try (RawHttp client = warm()) {
            for (long cursor : new long[] {3, 9, 10, 12345678, 1, 0, Cursors.MAX}) {
                assertThat(client.ask(since(cursor))).contains(tag(cursor));
                assertThat(server.last().parsed()).as("%s", cursor).isFalse();
            }
        }
    }

    @Test
    void aCursorAboveTheGreatestIsTheGreatest() throws Exception {
        try (RawHttp client = warm()) {
            assertThat(client.ask(since(Cursors.MAX + 1))).contains(tag(Cursors.MAX));
            assertThat(server.last().parsed()).isFalse();
        }
    }

    /** No hub has given that. */
    @ParameterizedTest
    @ValueSource(strings = {"12345678901234567", "18446744073709551615", "00000000000000007"})
    void butOneWithALongerCursorIs(String cursor) throws Exception {
        try (RawHttp client = warm()) {
            client.ask(since(3));
            assertThat(server.last().parsed()).isFalse();
            assertThat(client.ask(poll("/v1/poll?channel=a&since=" + cursor + "&timeout=5")))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(server.last().parsed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/poll?since=7",
                "/v1/poll?last_id=7&channel=a",
                "/v1/poll?channel=a%2Eb&channel=c&last_id=7&timeout=25",
                "/v1/poll?client=me&since=7",
                "/v1/poll?channel=a&since=7&x=since=8"
            })
    void whereverItsCursorStands(String target) throws Exception {
        try (RawHttp client = server.connect()) {
            client.ask(poll(target));
            client.ask(poll(target));
            String read = server.last().all();
            client.ask(poll(target));
            assertThat(server.last().parsed()).isFalse();
            assertThat(server.last().all()).isEqualTo(read);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/poll",
                "/v1/poll?channel=a",
                "/v1/poll?since=",
                "/v1/poll?since=7x",
                "/v1/poll?since=-7",
                "/v1/poll?since=7&since=8",
                "/v1/poll?since=7&last_id=8",
                "/v1/poll?since=7&s%69nce=8",
                "/v1/poll?since=7&l%61st_id=8",
                "/v1/poll?xsince=7"
            })
    void butNotIfItIsNotClearWhichItIs(String target) throws Exception {
        try (RawHttp client = server.connect()) {
            for (int i = 0; i < 6; i++) {
                assertThat(client.ask(poll(target))).startsWith("HTTP/1.1 200 ");
                assertThat(server.last().parsed()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /v1/poll?since=7 HTTP/1.1", "GET /v1/poll?since=7 HTTP/1.0"})
    void norIfItIsAnotherKindOfRequest(String line) throws Exception {
        String request = line + "\r\nHost: hub.example\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n";
        try (RawHttp client = server.connect()) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.ask(request)).contains(" 200 OK");
                assertThat(server.last().parsed()).isTrue();
            }
        }
    }

    @Test
    void anotherRequestInBetweenIsRead() throws Exception {
        try (RawHttp client = warm()) {
            client.ask(since(3));
            assertThat(client.ask("POST /v1/x HTTP/1.1\r\nHost: hub.example\r\nContent-Length: 3\r\n\r\nabc"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(server.last().parsed()).isTrue();
            assertThat(server.last().all()).startsWith("POST");
            client.ask(since(4));
            client.ask(since(5));
            assertThat(client.ask(since(6))).contains(tag(6));
            assertThat(server.last().parsed()).isFalse();
        }
    }

    @Test
    void whatComesInPiecesIsRead() throws Exception {
        String request = since(4);
        int cursor = request.indexOf("since=") + "since=".length();
        for (int cut : new int[] {1, cursor, cursor + 1, request.length() - 1}) {
            try (RawHttp client = warm()) {
                client.ask(since(3));
                client.send(request.substring(0, cut));
                await().pollDelay(Duration.ZERO).until(() -> ServerProcess.unread(server.port(), client.port()) == 0);
                client.send(request.substring(cut));
                assertThat(client.answer()).as("%d", cut).contains(tag(4));
                assertThat(server.last().parsed()).isTrue();
                client.ask(since(5));
                assertThat(client.ask(since(6))).contains(tag(6));
                assertThat(server.last().parsed()).isFalse();
            }
        }
    }

    @Test
    void whatComesTogetherIsAnsweredInOrder() throws Exception {
        try (RawHttp client = warm()) {
            client.ask(since(3));
            client.send(since(4) + since(5) + since(6));
            assertThat(List.of(client.answer(), client.answer(), client.answer()))
                    .extracting(answer -> answer.replaceAll("(?s).*ETag: \"(\\d+).*", "$1"))
                    .containsExactly("4", "5", "6");
            assertThat(client.ask(since(7))).contains(tag(7));
        }
    }

    /** As which two that came together would be answered once. */
    @Test
    void twoAreNotKnownAsOne() throws Exception {
        List<Boolean> known = new CopyOnWriteArrayList<>();
        server.before = exchange -> {
            for (String head : List.of(since(5), since(5) + since(5))) {
                known.add(KnownPoll.of(
                                head.getBytes(StandardCharsets.US_ASCII),
                                exchange.getRequestURI() + '?' + exchange.getQueryString(),
                                exchange.getQueryParameters()::get,
                                server.query(exchange),
                                exchange)
                        != null);
            }
        };
        try (RawHttp client = server.connect()) {
            client.ask(since(5));
        }
        assertThat(known).containsExactly(true, false);
    }

    private void restartHolding(long which, int millis) {
        restart(-1, (thread, cursor, answer) -> {
            if (cursor == which) {
                thread.executeAfter(() -> atOnce(thread, cursor, answer), millis, TimeUnit.MILLISECONDS);
            } else {
                atOnce(thread, cursor, answer);
            }
        });
    }

    @Test
    void whatComesWhileItIsHeldIsAnsweredAfterIt() throws Exception {
        restartHolding(3, 200);
        try (RawHttp client = warm()) {
            client.send(since(3));
            await().until(() -> server.underWay.get() == 1);
            client.send(since(4));
            client.send(since(5));
            assertThat(client.answer()).contains(tag(3));
            assertThat(client.answer()).contains(tag(4));
            assertThat(client.answer()).contains(tag(5));
            await().untilAsserted(() -> assertThat(server.underWay).hasValue(0)); // it is told after the answer is out
        }
    }

    @Test
    void whoLeavesWhileItIsHeldIsGoneAtOnce() throws Exception {
        restartHolding(3, 60_000);
        try (RawHttp client = warm()) {
            client.send(since(3));
            await().until(() -> server.underWay.get() == 1);
            assertThat(server.left).hasValue(0);
        }
        await().until(() -> server.underWay.get() == 0 && server.left.get() == 1);
    }

    @Test
    void whatIsCutEndsWithoutAnAnswer() throws Exception {
        restartHolding(3, 60_000);
        try (RawHttp client = warm()) {
            client.send(since(3));
            await().until(() -> server.underWay.get() == 1);
            NextPoll held = Objects.requireNonNull(server.held);
            server.thread().execute(held::cut);
            assertThat(client.answer()).isEmpty();
            assertThat(server.underWay).hasValue(0);
            assertThat(server.left).hasValue(0);
        }
    }

    @Test
    void whatFailsUnexpectedlyEndsItsConnection() throws Exception {
        restart(-1, (thread, cursor, answer) -> {
            if (cursor == 3) {
                throw new IllegalStateException("as a defect would");
            }
            atOnce(thread, cursor, answer);
        });
        try (RawHttp client = warm()) {
            assertThat(client.ask(since(3))).isEmpty();
            assertThat(server.underWay).hasValue(0);
        }
    }

    @Test
    void whatCannotBeServedHereIsRead() throws Exception {
        try (RawHttp client = warm()) {
            server.refusing = true;
            for (int i = 3; i < 9; i++) {
                assertThat(client.ask(since(i))).contains(tag(i));
                assertThat(server.last().parsed()).isTrue();
            }
            server.refusing = false;
            assertThat(client.ask(since(9))).contains(tag(9));
            assertThat(server.last().parsed()).as("it has not been given up").isFalse();
        }
    }

    @Test
    void whoseEveryPollIsAnotherIsNotLookedAtForLong() throws Exception {
        try (RawHttp client = server.connect()) {
            for (int i = 0; i < 8; i++) {
                client.ask(poll("/v1/poll?since=1&nonce=" + i));
                assertThat(server.last().parsed()).isTrue();
            }
            client.ask(since(1));
            client.ask(since(2));
            client.ask(since(3));
            assertThat(server.last().parsed()).as("it has been given up").isTrue();
        }
    }

    @Test
    void aPollThatIsHeldForLongerThanAConnectionMayBeIdleIsNotCut() throws Exception {
        restart(
                1000,
                (thread, cursor, answer) ->
                        thread.executeAfter(() -> atOnce(thread, cursor, answer), 1300, TimeUnit.MILLISECONDS));
        server.hold = Duration.ofMillis(1500);
        try (RawHttp client = server.connect()) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.ask(since(i))).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    /** To Undertow a connection is idle while nothing comes to it. */
    @Test
    void whoPollsForLongerThanAConnectionMayBeIdleIsNotCut() throws Exception {
        restart(
                2600,
                (thread, cursor, answer) ->
                        thread.executeAfter(() -> atOnce(thread, cursor, answer), 50, TimeUnit.MILLISECONDS));
        server.hold = Duration.ofMillis(100);
        try (RawHttp client = warm()) {
            for (int i = 3; i < 70; i++) {
                assertThat(client.ask(since(i))).contains(tag(i));
            }
        }
        assertThat(server.seen()).extracting(PollingServer.Seen::parsed).contains(true, false);
    }

    @Test
    void whoeverWantsToSeeAnAnswerSeesAll() throws Exception {
        HttpString name = new HttpString("X-Filter");
        Map<String, Consumer<HttpServerExchange>> onlookers = Map.of(
                "a field", exchange -> exchange.getResponseHeaders().put(name, "f"),
                "a change",
                        exchange -> exchange.addResponseCommitListener(
                                committing -> committing.getResponseHeaders().put(name, "f")),
                "the end",
                        exchange -> exchange.addExchangeCompleteListener((ended, next) -> {
                            server.left.incrementAndGet();
                            next.proceed();
                        }));
        for (String kind : onlookers.keySet()) {
            server.before = exchange -> onlookers.get(kind).accept(exchange);
            server.left.set(0);
            try (RawHttp client = server.connect()) {
                for (int i = 1; i <= 4; i++) {
                    assertThat(client.ask(since(i)).contains("X-Filter: f\r\n"))
                            .as(kind)
                            .isNotEqualTo(kind.equals("the end"));
                    assertThat(server.last().parsed()).as(kind).isTrue();
                }
            }
            int ends = kind.equals("the end") ? 4 : 0; // of the last perhaps after its answer
            await().alias(kind).until(() -> server.left.get() == ends);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 429, 503})
    void theAnswerIsTheSameWhicheverWayItGoes(int status) throws Exception {
        restart(
                -1,
                (thread, cursor, answer) -> answer.accept(
                        new Reply(status, "text/plain", Map.of("x-second", "four", "Retry-After", "1"), 5, BODY)));
        try (RawHttp client = server.connect()) {
            String usual = client.ask(since(1));
            client.ask(since(1));
            String shorter = client.ask(since(1));
            assertThat(server.last().parsed()).isFalse();
            assertThat(lines(shorter))
                    .isEqualTo(lines(usual))
                    .contains("X-First: one")
                    .anyMatch(line -> line.equalsIgnoreCase("x-second: four"));
            assertThat(shorter)
                    .containsPattern("\r\nDate: \\w{3}, \\d\\d \\w{3} 20\\d\\d \\d\\d:\\d\\d:\\d\\d GMT\r\n");
        }
    }

    @Test
    void answersThatDifferInMoreThanTheirCursorHaveEachTheirOwnHead() throws Exception {
        List<Reply> replies = List.of(
                Reply.upTo(1, BODY),
                Reply.upTo(2, "{}".getBytes(StandardCharsets.UTF_8)),
                new Reply(429, "application/problem+json", Map.of("Retry-After", "3"), BODY),
                new Reply(503, "application/problem+json", Map.of("Retry-After", "3"), BODY),
                new Reply(503, "text/plain", Map.of("Retry-After", "4"), new byte[0]),
                new Reply(503, "text/plain", Map.of("X-Other", "4"), BODY),
                new Reply(503, "text/plain", Map.of(), BODY),
                Reply.upTo(3, BODY),
                new Reply(200, "application/json;charset=UTF-8", Map.of("Cache-Control", "no-store"), BODY));
        restart(-1, (thread, cursor, answer) -> answer.accept(replies.get((int) cursor % replies.size())));
        try (RawHttp known = server.connect()) {
            known.ask(since(0));
            known.ask(since(0));
            for (int i = 0; i < 2 * replies.size(); i++) {
                String shorter = known.ask(since(i));
                assertThat(server.last().parsed()).isFalse();
                try (RawHttp fresh = server.connect()) {
                    assertThat(lines(shorter)).isEqualTo(lines(fresh.ask(since(i))));
                    assertThat(server.last().parsed()).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void whatIsOverIsLetGoWhetherItWasHeldOrNot(int cursor) throws Exception {
        restartHolding(3, 20);
        try (RawHttp client = warm()) {
            assertThat(client.ask(since(cursor))).contains(tag(cursor));
            assertThat(server.last().parsed()).isFalse();
            await().untilAsserted(() -> {
                System.gc();
                assertThat(server.served.get(server.served.size() - 1).get()).isNull();
            });
            assertThat(client.ask(since(5))).contains(tag(5));
        }
    }

    private static List<String> lines(String answer) {
        return Arrays.stream(answer.split("\r\n"))
                .filter(line -> !line.startsWith("Date: "))
                .sorted()
                .collect(Collectors.toList());
    }

    @Test
    void anAnswerIsNotTakenForTheLastIfOnlyItsBodyIsTheSame() throws Exception {
        try (RawHttp client = warm()) {
            assertThat(client.ask(since(3))).contains(tag(3));
            assertThat(client.ask(since(4))).contains(tag(4));
        }
    }

    @Test
    void anAnswerThatTheSocketDoesNotTakeAtOnceIsWrittenOn() throws Exception {
        byte[] body = new byte[30 << 10];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) ('a' + i % 23);
        }
        restart(-1, (thread, cursor, answer) -> answer.accept(Reply.upTo(cursor, body)));
        try (RawHttp client = warm()) {
            for (int i = 3; i < 6; i++) {
                String answer = client.ask(since(i));
                assertThat(answer).contains(tag(i)).endsWith(new String(body, StandardCharsets.US_ASCII));
                assertThat(server.last().parsed()).isFalse();
            }
        }
    }

    @Test
    void aLongAnswerIsWhole() throws Exception {
        byte[] body = new byte[WholeAnswers.LONGEST];
        Arrays.fill(body, (byte) 'x');
        restart(-1, (thread, cursor, answer) -> answer.accept(Reply.upTo(cursor, body)));
        try (RawHttp client = warm()) {
            assertThat(client.ask(since(3))).endsWith(new String(body, StandardCharsets.US_ASCII));
        }
    }

    private void restart(int idleMillis, PollingServer.Hub hub) {
        server.close();
        server = new PollingServer(idleMillis, hub);
    }
}
