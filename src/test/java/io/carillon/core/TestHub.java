package io.carillon.core;

import io.carillon.log.KeyLimits;
import io.carillon.log.MemoryLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A hub over a memory log and a manual clock, with what tests say often in one word. */
final class TestHub {
    static final Opening.Answers ANSWERS = new Opening.Answers() {
        @Override
        public Frame welcome(Connection connection) {
            return new Frame.Text("welcome " + connection.id());
        }

        @Override
        public Frame subscribed(Subscribed subscribed) {
            return new Frame.Text("subscribed " + subscribed.channel() + ' ' + subscribed.since() + ' '
                    + subscribed.head() + ' ' + subscribed.recovered());
        }
    };

    static final Duration LEASE = Duration.ofSeconds(10);

    final ManualClock clock = new ManualClock();
    final MemoryLog log = new MemoryLog(clock, new KeyLimits(Duration.ofMinutes(5), 1 << 20));
    final Hub hub;

    private TestHub(HubSettings settings, Lanes executor) {
        hub = new Hub(settings, log, executor, clock);
        hub.start();
    }

    /** With room for everything, and fan-out on the publisher's thread. */
    static TestHub roomy() {
        return with(settings -> settings);
    }

    static TestHub with(UnaryOperator<Settings> change) {
        return with(change, Runnable::run);
    }

    static TestHub with(UnaryOperator<Settings> change, Lanes executor) {
        return new TestHub(change.apply(new Settings()).build(), executor);
    }

    static TestHub retaining(int count) {
        return with(settings -> settings.retention(count, Duration.ofDays(1), Long.MAX_VALUE));
    }

    // ---- publishing ----

    long publish(String channel) {
        return publish(channel, "1");
    }

    long publish(String channel, String data) {
        return hub.publish(List.of(publication(channel, data))).get(0).id();
    }

    /** One batch, so that all of it becomes visible at once. */
    List<Long> publishTogether(String... channels) {
        return hub
                .publish(Arrays.stream(channels)
                        .map(channel -> publication(channel, "1"))
                        .toList())
                .stream()
                .map(Appended::id)
                .toList();
    }

    /** The same by a receipt, which this log tells before it returns; then the caller may deliver, too. */
    List<Long> publishWithoutWaiting(String... channels) {
        List<Long> ids = new ArrayList<>();
        hub.publish(
                Arrays.stream(channels)
                        .map(channel -> publication(channel, "1"))
                        .toList(),
                new Receipt() {
                    @Override
                    public void stored(List<Appended> answers) {
                        answers.forEach(answer -> ids.add(answer.id()));
                    }

                    @Override
                    public void failed(RuntimeException why) {
                        throw why;
                    }
                });
        return ids;
    }

    List<Long> publishTimes(int times, String channel) {
        return java.util.stream.LongStream.range(0, times)
                .map(i -> publish(channel))
                .boxed()
                .toList();
    }

    long publishFor(Duration ttl, String channel) {
        NewPublication publication = new NewPublication(new ChannelName(channel), "message", bytes("1"), ttl, null);
        return hub.publish(List.of(publication)).get(0).id();
    }

    long publishEphemeral(String channel) {
        NewPublication publication =
                new NewPublication(new ChannelName(channel), "message", bytes("1"), null, null, true);
        return hub.publish(List.of(publication)).get(0).id();
    }

    static NewPublication publication(String channel, String data) {
        return new NewPublication(new ChannelName(channel), bytes(data));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- connections ----

    /** A client that reads at once, from now. */
    FakeOutlet reader(String... channels) {
        return reader(null, channels);
    }

    FakeOutlet reader(@Nullable Long since, String... channels) {
        FakeOutlet outlet = new FakeOutlet();
        open(outlet, since, channels);
        return outlet;
    }

    Connection open(FakeOutlet outlet, @Nullable Long since, String... channels) {
        return open(outlet, Transport.SSE, null, since, channels);
    }

    Connection open(
            FakeOutlet outlet, Transport transport, @Nullable String user, @Nullable Long since, String... channels) {
        Client client = new Client(transport, user, "127.0.0.1");
        return hub.open(new Opening(client, patterns(channels), since, null), outlet, Opening.Answers.NONE);
    }

    static List<ChannelPattern> patterns(String... channels) {
        return Arrays.stream(channels).map(ChannelPattern::new).toList();
    }

    void subscribe(Connection connection, String channel, @Nullable Long since) {
        hub.subscribe(connection, new ChannelPattern(channel), since, ANSWERS);
    }

    Channel channel(String name) {
        Channel channel = hub.index().find(name);
        if (channel == null) {
            throw new AssertionError("the index does not know " + name);
        }
        return channel;
    }

    // ---- settings ----

    /** The defaults of tests: nothing is in short supply, unless the test says so. */
    static final class Settings {
        private int maxConnections = 100_000;
        private int maxSubscriptions = 100;
        private int maxChannels = 10_000;
        private int maxPatterns = 1_000;
        private long memory = 256L << 20;
        private Retention retention = new Retention(10_000, Duration.ofDays(1), Long.MAX_VALUE);
        private Function<String, ChannelOptions> options = name -> new ChannelOptions(retention);
        private int lanes = 2;

        Settings maxConnections(int most) {
            maxConnections = most;
            return this;
        }

        Settings maxSubscriptions(int most) {
            maxSubscriptions = most;
            return this;
        }

        Settings maxChannels(int most) {
            maxChannels = most;
            return this;
        }

        Settings maxPatterns(int most) {
            maxPatterns = most;
            return this;
        }

        Settings memory(long bytes) {
            memory = bytes;
            return this;
        }

        Settings retention(int count, Duration age, long bytes) {
            retention = new Retention(count, age, bytes);
            return this;
        }

        Settings options(Function<String, ChannelOptions> options) {
            this.options = options;
            return this;
        }

        Settings lanes(int lanes) {
            this.lanes = lanes;
            return this;
        }

        HubSettings build() {
            return new HubSettings(
                    "n1",
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    LEASE,
                    maxConnections,
                    maxSubscriptions,
                    maxChannels,
                    maxPatterns,
                    memory,
                    options,
                    lanes);
        }
    }
}
