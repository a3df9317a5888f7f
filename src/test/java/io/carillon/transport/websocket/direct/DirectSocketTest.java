package io.carillon.transport.websocket.direct;

import static io.carillon.support.Threads.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Completion;
import io.carillon.core.Frame;
import io.carillon.protocol.WebSocketFrames;
import io.carillon.support.Tries;
import io.carillon.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** One array at a time, whoever comes: the hub, the answer to a ping, the end. */
class DirectSocketTest {
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};
    private static final byte[] PING = {3};
    private static final byte[] PONG = WebSocketFrames.pong(PING);
    private static final byte[] BYE = {4};

    private final Line line = new Line();
    private final Ear ear = new Ear();
    private final DirectSocket socket = socket(line);

    @Test
    void whatTheKernelTakesAtOnceIsDoneWithoutAWord() {
        assertThat(socket.write(new Frame.Bytes(ONE), ear)).isTrue();
        assertThat(socket.write(new Frame.Bytes(TWO), ear)).isTrue();
        assertThat(line.arrays).containsExactly(ONE, TWO);
        assertThat(ear.written).isZero();
    }

    @Test
    void whatItDoesNotTakeAtOnceIsToldOnce() {
        line.takes = false;
        assertThat(socket.write(new Frame.Bytes(ONE), ear)).isFalse();
        assertThat(ear.written).isZero();
        line.takes = true;
        line.sent(socket);
        assertThat(ear.written).isOne();
        assertThat(socket.write(new Frame.Bytes(TWO), ear)).isTrue();
        assertThat(ear.written).isOne();
    }

    @Test
    void theAnswerToAPingGoesBetweenArraysOfTheHub() {
        line.takes = false;
        socket.write(new Frame.Bytes(ONE), ear);
        socket.pong(PING);
        assertThat(line.arrays).containsExactly(ONE);
        line.sent(socket);
        assertThat(line.arrays).containsExactly(ONE, PONG);
        assertThat(ear.written).isOne();
        assertThat(socket.write(new Frame.Bytes(TWO), ear)).isFalse();
        assertThat(line.arrays).containsExactly(ONE, PONG);
        line.sent(socket);
        assertThat(line.arrays).containsExactly(ONE, PONG, TWO);
        assertThat(ear.written).isOne();
        line.sent(socket);
        assertThat(ear.written).isEqualTo(2);
    }

    @Test
    void allThatWaitsGoesOut() {
        line.takes = false;
        socket.pong(PING);
        assertThat(socket.write(new Frame.Bytes(ONE), ear)).isFalse();
        socket.pong(PING);
        line.sent(socket);
        line.sent(socket);
        assertThat(line.arrays).containsExactly(PONG, ONE, PONG);
        socket.close(BYE);
        line.sent(socket);
        assertThat(line.arrays).containsExactly(PONG, ONE, PONG, BYE);
        assertThat(ear.written).isOne();
    }

    @Test
    void nothingFollowsTheEnd() {
        line.takes = false;
        socket.write(new Frame.Bytes(ONE), ear);
        socket.close(BYE);
        socket.pong(PING);
        assertThat(socket.write(new Frame.Bytes(TWO), ear)).isFalse();
        line.takes = true;
        line.sent(socket);
        socket.close(BYE);
        socket.pong(PING);
        assertThat(socket.write(new Frame.Bytes(TWO), ear)).isFalse();
        assertThat(line.arrays).containsExactly(ONE, BYE);
    }

    @Test
    void whoCannotBeWrittenToIsToldSo() {
        line.broken = true;
        assertThat(socket.write(new Frame.Bytes(ONE), ear)).isFalse();
        assertThat(ear.failed).isOne();
        assertThat(ear.written).isZero();
        assertThat(line.cuts).isOne();
    }

    @Test
    void anAnswerToAPingThatCannotBeWrittenIsNoFailureOfTheHubs() {
        line.broken = true;
        socket.pong(PING);
        assertThat(ear.failed).isZero();
        assertThat(line.cuts).isOne();
    }

    // ---- in the interleavings that Lincheck's model checker finds ----

    @Test
    void aPingAndAWriteAtOnce() {
        Lincheck.runConcurrentTest(Tries.of(60), () -> {
            Line line = new Line();
            Ear ear = new Ear();
            DirectSocket socket = socket(line);
            Thread reader = new Thread(() -> socket.pong(PING));
            reader.start();
            boolean done = socket.write(new Frame.Bytes(ONE), ear);
            join(reader);
            require(done ? ear.written == 0 : ear.written == 1, "told " + ear.written + " times, done " + done);
            require(line.count(ONE) == 1 && line.count(PONG) == 1, "not each went out once");
            require(socket.write(new Frame.Bytes(TWO), ear), "it is not idle again");
        });
    }

    @Test
    void theEndAndAWriteAtOnce() {
        Lincheck.runConcurrentTest(Tries.of(60), () -> {
            Line line = new Line();
            DirectSocket socket = socket(line);
            Thread closer = new Thread(() -> socket.close(BYE));
            closer.start();
            boolean done = socket.write(new Frame.Bytes(ONE), new Ear());
            join(closer);
            require(line.arrays.get(line.arrays.size() - 1) == BYE, "something follows the end");
            require(line.count(BYE) == 1 && line.count(ONE) == (done ? 1 : 0), "not each went out once");
            require(!socket.write(new Frame.Bytes(TWO), new Ear()) && line.count(TWO) == 0, "it was written to after");
        });
    }

    @Test
    void aPingWhileTheKernelTakesTheRest() {
        Lincheck.runConcurrentTest(Tries.of(60), () -> {
            Line line = new Line();
            Ear ear = new Ear();
            DirectSocket socket = socket(line);
            line.takes = false;
            socket.write(new Frame.Bytes(ONE), ear);
            line.takes = true;
            Thread server = new Thread(() -> line.sent(socket));
            server.start();
            socket.pong(PING);
            join(server);
            require(ear.written == 1, "told " + ear.written + " times");
            require(line.count(PONG) == 1, "no answer");
            require(socket.write(new Frame.Bytes(TWO), ear), "it is not idle again");
        });
    }

    private static DirectSocket socket(Line line) {
        return new DirectSocket(line, (after, task) -> {});
    }

    private static void require(boolean so, String complaint) {
        if (!so) {
            throw new AssertionError(complaint);
        }
    }

    /** Notes what it is given, and refuses an array while another is under way. */
    private static final class Line implements Wire {
        final List<byte[]> arrays = new ArrayList<>();
        boolean takes = true;
        boolean broken;
        int cuts;
        private volatile boolean busy;

        @Override
        public boolean write(byte[] bytes, Owner owner) throws IOException {
            require(!busy, "two arrays at once");
            if (broken) {
                throw new IOException("broken");
            }
            busy = true;
            arrays.add(bytes);
            if (takes) {
                busy = false;
            }
            return takes;
        }

        /** The kernel has taken what it did not take at once. */
        void sent(DirectSocket owner) {
            busy = false;
            owner.sent();
        }

        /** How often it was given an array of these bytes. */
        int count(byte[] array) {
            int count = 0;
            for (byte[] one : arrays) {
                if (one[0] == array[0]) {
                    count++;
                }
            }
            return count;
        }

        @Override
        public void cut() {
            cuts++;
        }
    }

    private static final class Ear implements Completion {
        int written;
        int failed;

        @Override
        public void written() {
            written++;
        }

        @Override
        public void finished() {}

        @Override
        public void failed(Throwable cause) {
            failed++;
        }
    }
}
