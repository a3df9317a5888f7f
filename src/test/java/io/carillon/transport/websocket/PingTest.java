package io.carillon.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Completion;
import io.carillon.core.Frame;
import io.carillon.protocol.WebSocketEncoder;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ping that follows a heartbeat, on a container like Tomcat: its ping waits until the client takes it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PingTest {
    private static final WebSocketEncoder ENCODER = WebSocketEncoder.SINGLE;
    private static final String TOMCAT_LIMIT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private final Pinger pinger = new Pinger();
    private final Socket stuck = new Socket();
    private final Socket healthy = new Socket();

    @Test
    void aPingThatTheClientDoesNotTakeHoldsUpNeitherTheTimerNorAnotherSocket() throws InterruptedException {
        stuck.beat();
        healthy.takesPings.countDown();
        healthy.beat();

        assertThat(healthy.written.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stuck.pinging.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stuck.written.getCount())
                .as("the heartbeat is in flight until its ping is")
                .isEqualTo(1);

        stuck.takesPings.countDown();
        assertThat(stuck.written.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stuck.sent).containsExactly("text", "ping at most 1000 ms");
        assertThat(stuck.properties).as("which holds for pings alone").isEmpty();
    }

    @Test
    void aPingThatCannotBeSentIsNoFailureOfTheHeartbeat() throws InterruptedException {
        healthy.refusesPings = true;
        healthy.beat();
        assertThat(healthy.written.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onlyAHeartbeatIsFollowedByAPing() throws InterruptedException {
        healthy.takesPings.countDown();
        healthy.write(new Frame.Text("{}"));
        assertThat(healthy.written.getCount()).isZero();
        assertThat(healthy.sent).containsExactly("text");
    }

    /** One session of the container, with whatever of it an outlet uses. */
    private final class Socket implements Completion {
        final CountDownLatch takesPings = new CountDownLatch(1);
        final CountDownLatch pinging = new CountDownLatch(1);
        final CountDownLatch written = new CountDownLatch(1);
        final List<String> sent = new CopyOnWriteArrayList<>();
        final Map<String, Object> properties = new ConcurrentHashMap<>();
        volatile boolean refusesPings;

        private final RemoteEndpoint.Async remote = fake(RemoteEndpoint.Async.class, (method, arguments) -> {
            if (method.equals("sendPing")) {
                ping();
            } else {
                sent.add("text");
                ((SendHandler) arguments[1]).onResult(new SendResult());
            }
            return null;
        });
        private final Session session =
                fake(Session.class, (method, arguments) -> method.equals("getUserProperties") ? properties : remote);

        private void ping() throws IOException, InterruptedException {
            if (refusesPings) {
                throw new IOException("Broken pipe");
            }
            pinging.countDown();
            takesPings.await();
            sent.add("ping at most " + properties.get(TOMCAT_LIMIT) + " ms");
        }

        void beat() {
            write(ENCODER.heartbeat());
        }

        void write(Frame frame) {
            new WebSocketOutlet(session, ENCODER, pinger, new Closer()).write(frame, this);
        }

        @Override
        public void written() {
            written.countDown();
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void finished() {
            throw new AssertionError("nobody has finished it");
        }
    }

    private interface Answer {
        Object to(String method, Object[] arguments) throws Exception;
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
