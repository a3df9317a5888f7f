package io.carillon.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets, and a server that says what it was told. */
class LineTest {
    private static final int MOST = 4096;

    private ServerSocketChannel listener;
    private LineReader reader;

    /** What happened, in order: what was heard, what the server got back, who closed. */
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        reader = new LineReader("reader-of-a-test");
    }

    @AfterEach
    void end() throws IOException {
        reader.close();
        listener.close();
    }

    private final class Ends implements AutoCloseable {
        final Socket client;
        final SocketChannel channel;
        final Line line;

        Ends(String early, long idleMillis, Consumer<Line> begin) throws IOException {
            client = new Socket(
                    InetAddress.getLoopbackAddress(), listener.socket().getLocalPort());
            client.setSoTimeout(10_000);
            channel = listener.accept();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 4096);
            line = open(channel, early, idleMillis, begin);
        }

        void say(String what) throws IOException {
            client.getOutputStream().write(what.getBytes(US_ASCII));
        }

        String read(int count) throws IOException {
            return new String(client.getInputStream().readNBytes(count), US_ASCII);
        }

        void answer(String what) {
            reader.execute(() -> line.write(bytes(what), line::done));
        }

        @Override
        public void close() throws IOException {
            client.close();
            channel.close();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    private Line open(SocketChannel channel, String early, long idleMillis, Consumer<Line> begin) {
        return open(new Line.Given(channel, null, false, MOST, Map.of(), idleMillis), early, begin);
    }

    private Line open(Line.Given given, String early, Consumer<Line> begin) {
        Line.Server server = new Line.Server() {
            @Override
            public void takeBack(byte[] heard) {
                events.add("back " + new String(heard, US_ASCII));
            }

            @Override
            public void close() {
                events.add("closed");
            }
        };
        Line line = new Line(reader, given, early.getBytes(US_ASCII), server);
        reader.execute(() -> line.open(new Line.Client() {
            @Override
            public void begin() {
                begin.accept(line);
            }

            @Override
            public void hear(ByteBuffer heard) {
                String text = US_ASCII.decode(heard).toString();
                if (text.startsWith("other")) {
                    line.giveBack(text.getBytes(US_ASCII));
                } else if (text.startsWith("bad")) {
                    throw new IllegalStateException("for the test");
                } else {
                    events.add(text);
                }
            }

            @Override
            public void gone() {
                events.add("gone");
            }
        }));
        return line;
    }

    private static void free(Line line) {
        line.done();
    }

    private static void held(Line line) {
        // Answered later, if at all.
    }

    private String next() throws InterruptedException {
        String event = events.poll(10, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    /** All that the reader has been given is through. */
    private void settle() {
        var settled = new LinkedBlockingQueue<Boolean>();
        for (int i = 0; i < 3; i++) { // what is ready is looked at between tasks
            reader.execute(() -> settled.add(true));
            await().until(() -> settled.poll() != null);
        }
    }

    @Test
    void requestsAreHeardAndAnsweredOneAfterTheOther() throws Exception {
        try (Ends ends = new Ends("", 0, LineTest::free)) {
            for (String request : List.of("one", "two", "three")) {
                ends.say(request);
                assertThat(next()).isEqualTo(request);
                ends.answer("answer");
                assertThat(ends.read(6)).isEqualTo("answer");
            }
        }
    }

    @Test
    void whatComesBeforeTheAnswerWaitsForIt() throws Exception {
        try (Ends ends = new Ends("early", 0, LineTest::held)) {
            settle();
            assertThat(events).isEmpty();
            ends.answer("0");
            assertThat(next()).isEqualTo("early");
            ends.say("next");
            settle();
            assertThat(events).isEmpty();
            ends.answer("1");
            assertThat(next()).isEqualTo("next");
            ends.answer("2");
            assertThat(ends.read(3)).isEqualTo("012");
        }
    }

    /** Who has been answered by the server owes nothing, so what has come is heard at once. */
    @Test
    void whatFollowsAnAnswerOfTheServersIsHeardFirst() throws Exception {
        try (Ends ends = new Ends("", 0, LineTest::free)) {
            ends.say("other");
            assertThat(next()).isEqualTo("back other");
            Line.Given given = new Line.Given(ends.channel, new byte[1], true, MOST, Map.of(), 0);
            Line line = open(given, "next", begun -> events.add("begun"));
            assertThat(next()).isEqualTo("next");
            assertThat(line.head()).hasSize(1);
            assertThat(line.answered()).isTrue();
            reader.execute(() -> line.write(bytes("yes"), line::done));
            assertThat(ends.read(3)).isEqualTo("yes");
            ends.say("more");
            assertThat(next()).isEqualTo("more");
        }
    }

    /** What is not read stays with the kernel, which tells the client. */
    @Test
    void noMoreWaitsThanTheServerTakesBack() throws Exception {
        try (Ends ends = new Ends("", 0, LineTest::held)) {
            ends.say("x".repeat(3 * MOST));
            settle();
            ends.answer("0");
            assertThat(next()).isEqualTo("x".repeat(MOST));
            ends.answer("1");
            assertThat(next()).isEqualTo("x".repeat(MOST));
        }
    }

    @Test
    void aLongAnswerIsWrittenOnAsTheClientReads() throws Exception {
        String answer = "abcdefgh".repeat(1 << 18);
        try (Ends ends = new Ends("", 0, LineTest::free)) {
            ends.say("one");
            assertThat(next()).isEqualTo("one");
            ends.answer(answer);
            ends.say("two");
            settle();
            assertThat(events).as("before it is through").isEmpty();
            assertThat(ends.read(answer.length())).isEqualTo(answer);
            assertThat(next()).isEqualTo("two");
        }
    }

    @Test
    void whoLeavesIsHeardHeldOrNot() throws Exception {
        for (Consumer<Line> begin : List.<Consumer<Line>>of(LineTest::free, LineTest::held)) {
            try (Ends ends = new Ends("", 0, begin)) {
                ends.client.close();
                assertThat(List.of(next(), next())).containsExactly("closed", "gone");
                ends.answer("too late");
                reader.execute(ends.line::cut);
                settle();
                assertThat(events).isEmpty();
            }
        }
    }

    @Test
    void whatIsGivenBackIsTheServersAndMayComeAgain() throws Exception {
        try (Ends ends = new Ends("", 0, LineTest::free)) {
            for (int i = 0; i < 3; i++) {
                ends.say("other");
                assertThat(next()).isEqualTo("back other");
                ends.answer("never");
                ends.say("more");
                settle();
                assertThat(events).as("heard by nobody here").isEmpty();
                Line again = open(ends.channel, "", 0, LineTest::free);
                assertThat(next()).isEqualTo("more");
                reader.execute(() -> again.write(bytes("yes"), again::done));
                assertThat(ends.read(3)).isEqualTo("yes");
                ends.say("other");
                assertThat(next()).isEqualTo("back other");
                open(ends.channel, "", 0, LineTest::free);
            }
        }
    }

    @Test
    void whoIsIdleIsEndedAndWhoIsHeldIsNot() throws Exception {
        try (Ends held = new Ends("", 50, LineTest::held);
                Ends idle = new Ends("", 50, LineTest::free)) {
            assertThat(List.of(next(), next())).containsExactly("closed", "gone");
            held.answer("still here");
            assertThat(held.read(10)).isEqualTo("still here");
            assertThat(List.of(next(), next())).containsExactly("closed", "gone");
            idle.answer("never");
        }
    }

    @Test
    void whoFailsIsCutAndNobodyElse() throws Exception {
        try (Ends bad = new Ends("", 0, LineTest::free);
                Ends good = new Ends("", 0, LineTest::free)) {
            bad.say("bad");
            assertThat(List.of(next(), next())).containsExactly("closed", "gone");
            good.say("good");
            assertThat(next()).isEqualTo("good");
        }
    }

    @Test
    void atTheEndWhoIsIdleGoesBackAndWhoIsHeldIsCut() throws Exception {
        try (Ends idle = new Ends("", 0, LineTest::free)) {
            idle.say("one");
            assertThat(next()).isEqualTo("one");
            idle.answer("1");
            assertThat(idle.read(1)).isEqualTo("1");
            settle();
            reader.close();
            assertThat(next()).isEqualTo("back ");
        }
        reader = new LineReader("reader-of-a-test");
        try (Ends held = new Ends("", 0, LineTest::held)) {
            held.say("one");
            settle();
            reader.close();
            assertThat(List.of(next(), next())).containsExactly("closed", "gone");
        }
    }
}
