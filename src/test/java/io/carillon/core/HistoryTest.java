package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.log.KeyLimits;
import io.carillon.log.MemoryLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final ChannelName A = new ChannelName("a");

    private final TestHub hub = TestHub.retaining(10);

    @Test
    void pagesTogetherAreExactlyWhatIsRetained() {
        List<Long> ids = hub.publishTimes(25, "a").subList(15, 25);
        hub.publish("b");
        for (int limit = 1; limit <= 11; limit++) {
            List<Long> seen = new ArrayList<>();
            History page;
            long cursor = 0;
            do {
                page = hub.hub.history(A, cursor, limit);
                assertThat(page.publications().size()).isLessThanOrEqualTo(limit);
                assertThat(page.gap()).isNull();
                page.publications().forEach(publication -> seen.add(publication.id()));
                cursor = page.cursor();
            } while (page.more());
            assertThat(seen).isEqualTo(ids);
            assertThat(cursor).isEqualTo(hub.hub.head());
        }
    }

    @Test
    void cursorBelowTheFloorIsAGapAndTheRest() {
        List<Long> ids = hub.publishTimes(25, "a");
        History page = hub.hub.history(A, ids.get(3), 100);
        assertThat(page.gap()).isEqualTo(new Gap("a", ids.get(3), ids.get(14)));
        assertThat(page.publications()).hasSize(10);
        assertThat(hub.hub.history(A, ids.get(14), 100).gap()).isNull();
    }

    @Test
    void cursorOfALostLogIsAGapAndAllThatIsRetained() {
        List<Long> ids = hub.publishTimes(25, "a");
        long future = ids.get(24) + 7;
        History page = hub.hub.history(A, future, 100);
        assertThat(page.gap()).isEqualTo(new Gap("a", future, ids.get(14)));
        assertThat(page.publications()).hasSize(10);
        assertThat(page.cursor()).isEqualTo(ids.get(24));
    }

    @Test
    void channelThatIsNotKnownIsEmptyAndAGapOnlyForOldAndStrangeCursors() {
        long head = hub.publish("b");
        ChannelName unknown = new ChannelName("unknown");
        assertThat(hub.hub.history(unknown, 0, 10)).isEqualTo(new History(List.of(), head, false, null));
        assertThat(hub.hub.history(unknown, head, 10).gap()).isNull();
        assertThat(hub.hub.history(unknown, 999_999, 10).gap()).isEqualTo(new Gap("unknown", 999_999, 1_000_000));
        assertThat(hub.hub.history(unknown, head + 1, 10).gap()).isEqualTo(new Gap("unknown", head + 1, 1_000_000));
        assertThat(hub.hub.index().channelCount()).isEqualTo(1);
    }

    @Test
    void expiredPublicationsAreLeftOut() {
        long first = hub.publish("a");
        hub.publishFor(Duration.ofSeconds(1), "a");
        long last = hub.publish("a");
        hub.clock.advance(Duration.ofSeconds(1));
        History page = hub.hub.history(A, 0, 2);
        assertThat(page.publications()).extracting(Publication::id).containsExactly(first, last);
        assertThat(page.more()).isFalse();
    }

    @Test
    void whatIsEvictedWhileAPageIsReadIsAGapOrComesNext() {
        Runnable[] meanwhile = {() -> {}};
        ManualClock clock = new ManualClock();
        HubClock disturbing = new HubClock() { // asked for the time in the middle of a read
                    @Override
                    public long millis() {
                        Runnable once = meanwhile[0];
                        meanwhile[0] = () -> {};
                        once.run();
                        return clock.millis();
                    }

                    @Override
                    public long nanos() {
                        return clock.nanos();
                    }
                };
        HubSettings settings = new TestHub.Settings()
                .retention(3, Duration.ofDays(1), Long.MAX_VALUE)
                .build();
        Hub busy = new Hub(settings, new MemoryLog(clock, new KeyLimits(Duration.ZERO, 0)), Runnable::run, disturbing);
        busy.start();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(publish(busy));
        }
        meanwhile[0] = () -> {
            for (int i = 0; i < 4; i++) {
                ids.add(publish(busy));
            }
        };
        List<Long> accounted = new ArrayList<>();
        long cursor = ids.get(0);
        History page;
        do {
            page = busy.history(A, cursor, 100);
            Gap gap = page.gap();
            if (gap != null) {
                ids.stream().filter(id -> id > gap.from() && id <= gap.to()).forEach(accounted::add);
            }
            page.publications().forEach(publication -> accounted.add(publication.id()));
            cursor = page.cursor();
        } while (page.more() || cursor < busy.head());
        assertThat(accounted).isEqualTo(ids.subList(1, 8));
    }

    private static long publish(Hub hub) {
        return hub.publish(List.of(TestHub.publication("a", "1"))).get(0).id();
    }
}
