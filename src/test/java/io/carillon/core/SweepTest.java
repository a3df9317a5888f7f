package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What happens to others while the sweep goes through many channels. */
class SweepTest {
    private static final int CHANNELS = 1_000;
    private static final int SLICE = 256;
    private static final ChannelOptions OPTIONS =
            new ChannelOptions(new Retention(10, Duration.ofMinutes(1), Long.MAX_VALUE));

    /** What one does, under the index' lock, who has waited for it behind the sweep. */
    private Runnable meanwhile = () -> {};

    private final HeldIndex held = new HeldIndex(this::optionsOf, settings -> settings.maxChannels(2 * CHANNELS));

    private ChannelOptions optionsOf(String name) {
        if (name.equals("waiting")) {
            meanwhile.run();
        }
        return OPTIONS;
    }

    @Test
    void whoWaitsHasTheIndexAfterAFewChannels() throws Exception {
        held.hub.publishTogether(names("c"));
        held.hub.clock.advance(Duration.ofMinutes(2));
        AtomicInteger swept = new AtomicInteger();
        meanwhile = () -> swept.set(CHANNELS - retaining());

        sweepWhileOneWaits();

        assertThat(swept.get()).isBetween(1, SLICE);
        assertThat(retaining()).isZero();
    }

    @Test
    void channelThatCameInPlaceOfAForgottenOneStays() throws Exception {
        String[] names = names("$connection.");
        Connection owner = held.hub.open(new FakeOutlet(), null, "a");
        List.of(names).forEach(held.index()::channel);
        List<Channel> anew = new ArrayList<>();
        meanwhile = () -> {
            held.index().makeRoomFor(2 * CHANNELS); // forgets all that nobody uses
            assertThat(held.index().channelCount()).isEqualTo(1);
            for (String name : names) {
                Channel channel = held.index().channel(name);
                channel.subscribers.add(new Subscription(owner, channel, name, 0));
                anew.add(channel);
            }
        };

        sweepWhileOneWaits();

        assertThat(anew).hasSize(CHANNELS);
        assertThat(anew)
                .allSatisfy(
                        channel -> assertThat(held.index().find(channel.name())).isSameAs(channel));
    }

    private int retaining() {
        return (int) StreamSupport.stream(held.index().channels().spliterator(), false)
                .filter(channel -> channel.retained.size() > 0)
                .count();
    }

    /** First the sweep waits for the lock, then one who makes a channel. */
    private void sweepWhileOneWaits() throws Exception {
        held.hold();
        held.waits(held.hub.hub::sweep);
        held.waits(() -> held.index().channel("waiting"));
        held.release();
        assertThat(held.index().find("waiting")).isNotNull();
    }

    private static String[] names(String prefix) {
        return IntStream.range(0, CHANNELS).mapToObj(i -> prefix + i).toArray(String[]::new);
    }
}
