package io.carillon.support;

import io.carillon.core.ChannelName;
import io.carillon.core.ChannelOptions;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Client;
import io.carillon.core.CloseReason;
import io.carillon.core.Completion;
import io.carillon.core.Connection;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Hub;
import io.carillon.core.HubClock;
import io.carillon.core.HubSettings;
import io.carillon.core.Opening;
import io.carillon.core.Outlet;
import io.carillon.core.Retention;
import io.carillon.core.Transport;
import io.carillon.log.KeyLimits;
import io.carillon.log.MemoryLog;
import io.carillon.protocol.PollEncoder;
import java.time.Duration;
import java.util.List;

/** A real hub over a memory log, which delivers on the thread that publishes, to clients that read nothing. */
public final class TestHub implements AutoCloseable {
    private final Hub hub;

    /** A hub that retains ten publications of each channel and knows five channels. */
    public TestHub(String node) {
        Retention retention = new Retention(10, Duration.ofHours(1), 1 << 20);
        HubSettings settings = new HubSettings(
                node,
                Duration.ofSeconds(25),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                100,
                10,
                5,
                5,
                1 << 24,
                name -> new ChannelOptions(retention),
                1);
        hub = new Hub(
                settings,
                new MemoryLog(HubClock.SYSTEM, new KeyLimits(Duration.ofMinutes(5), 1 << 20)),
                Runnable::run,
                HubClock.SYSTEM);
        hub.start();
    }

    public Hub hub() {
        return hub;
    }

    public Connection connect(Transport transport, String user, String channel) {
        Client client = new Client(transport, user, "127.0.0.1");
        Opening opening = new Opening(client, List.of(new ChannelPattern(channel)), null, null);
        return hub.open(opening, new Idle(), Opening.Answers.NONE);
    }

    public List<Connection> present(String channel) {
        return hub.present(new ChannelName(channel));
    }

    @Override
    public void close() {
        hub.shutdown(Duration.ZERO);
    }

    private static final class Idle implements Outlet {
        @Override
        public Encoder encoder() {
            return PollEncoder.INSTANCE;
        }

        @Override
        public boolean write(Frame frame, Completion completion) {
            return true;
        }

        @Override
        public void finish(CloseReason reason, long cursor, Completion completion) {
            completion.finished();
        }

        @Override
        public void abort(CloseReason reason) {}
    }
}
