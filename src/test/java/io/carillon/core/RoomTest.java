package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many want room for new channels at the same moment, and the index is full. */
class RoomTest {
    private static final ChannelOptions OPTIONS =
            new ChannelOptions(new Retention(10, Duration.ofDays(1), Long.MAX_VALUE));

    private final HeldIndex held = new HeldIndex(name -> OPTIONS, settings -> settings.maxChannels(100));
    private final List<Boolean> answers = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theFirstMakesRoomForAll() throws Exception {
        publishTo(99);

        wantRoom(8);

        assertThat(answers).hasSize(8).containsOnly(true);
        assertThat(held.index().channelCount()).isEqualTo(90);
    }

    @Test
    void nobodyIsRefusedThoughTheFirstForgetsAllThatIsUnused() throws Exception {
        held.hub.reader(names(96));
        publishTo(99);

        wantRoom(8);

        assertThat(answers).hasSize(8).containsOnly(true);
        assertThat(held.index().channelCount()).isEqualTo(96);
        assertThat(held.index().makeRoomFor(4)).isTrue();
        assertThat(held.index().makeRoomFor(5)).isFalse();
        assertThat(held.index().makeRoomFor(4))
                .as("after one who wanted too much")
                .isTrue();
    }

    private void publishTo(int channels) {
        held.hub.publishTogether(names(channels));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toArray(String[]::new);
    }

    /** For two channels each: one would go in beside the 99. */
    private void wantRoom(int threads) throws Exception {
        held.hold();
        for (int i = 0; i < threads; i++) {
            held.waits(() -> answers.add(held.index().makeRoomFor(2)));
        }
        assertThat(answers).isEmpty();
        held.release();
    }
}
