package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    @Test
    void nothingHasArrivedInAnEmptyHub() {
        assertThat(arrivals.oldest()).isNull();
        assertThat(arrivals.oldestId()).isZero();
    }

    @Test
    void oldestOfAllComesFirstAndEvictedOnesArePassedOver() {
        Channel a = channel("a");
        Channel b = channel("b");
        arrive(a, 1);
        arrive(b, 2);
        arrive(a, 3);
        a.retained.evictOldest();
        assertThat(arrivals.oldestId()).isEqualTo(2);
        assertThat(arrivals.oldest()).isSameAs(b);
        b.retained.evictOldest();
        assertThat(arrivals.oldest()).isSameAs(a);
        a.retained.evictOldest();
        assertThat(arrivals.oldest()).isNull();
        assertThat(arrivals.oldestId()).isZero();
    }

    @Test
    void orderSurvivesGrowthCompactionAndShrinking() {
        Random random = new Random(1);
        Channel[] channels = {channel("a"), channel("b"), channel("c")};
        Deque<Publication> expected = new ArrayDeque<>();
        for (long id = 1; id <= 50_000; id++) {
            Channel channel = channels[random.nextInt(channels.length)];
            expected.add(arrive(channel, id));
            int drop = id < 10_000 || random.nextInt(4) != 0 ? 0 : random.nextInt(12);
            for (int i = 0; i < drop && !expected.isEmpty(); i++) {
                Channel oldest = arrivals.oldest();
                assertThat(oldest).isNotNull();
                Publication evicted = oldest.retained.oldest();
                oldest.retained.evictOldest();
                assertThat(evicted).isSameAs(expected.poll());
            }
            if (random.nextInt(20) == 0) {
                arrivals.compact(random.nextInt(500)); // often a round is done by halves
            }
        }
        while (!expected.isEmpty()) {
            Channel oldest = arrivals.oldest();
            assertThat(oldest).isNotNull();
            assertThat(oldest.retained.oldest()).isSameAs(expected.poll());
            oldest.retained.evictOldest();
        }
        assertThat(arrivals.oldest()).isNull();
    }

    @Test
    void whatComesAndGoesWhileARoundIsHalfDoneIsNeitherLostNorMoved() {
        Channel dead = channel("dead");
        Channel a = channel("a");
        Channel b = channel("b");
        for (long id = 1; id <= 300; id++) {
            arrive(id % 3 == 0 ? a : dead, id);
        }
        while (dead.retained.size() > 0) {
            dead.retained.evictOldest();
        }
        assertThat(arrivals.compact(100)).isTrue();
        arrive(b, 301);
        assertThat(arrivals.oldest()).isSameAs(a);
        a.retained.evictOldest();
        int rounds = 0;
        while (arrivals.compact(100)) {
            arrive(b, 302 + rounds++);
        }
        assertThat(rounds).isEqualTo(1);
        for (int i = 1; i < 100; i++) {
            assertThat(arrivals.oldestId()).isEqualTo(3L * i + 3);
            assertThat(arrivals.oldest()).isSameAs(a);
            a.retained.evictOldest();
        }
        assertThat(arrivals.oldestId()).isEqualTo(301);
        assertThat(arrivals.oldest()).isSameAs(b);
        b.retained.evictOldest();
        assertThat(arrivals.oldestId()).isEqualTo(302);
    }

    private Publication arrive(Channel channel, long id) {
        Publication publication = new Publication(id, channel.name(), "message", new byte[0], 0, 0);
        channel.retained.append(publication);
        arrivals.add(channel, id);
        return publication;
    }

    private static Channel channel(String name) {
        return new Channel(
                name, new ChannelOptions(new Retention(1, java.time.Duration.ZERO, 1)), 0, new FrameCache.Budget(0));
    }
}
