package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.PollClient;
import io.carillon.client.RawClient;
import io.carillon.client.SseClient;
import io.carillon.client.Subscriber;
import io.carillon.client.WebSocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long the hub waits for whom. It must run with a heartbeat of 5 s and a silence of 10 s. */
interface PatienceContract extends Contract {

    @Test
    default void theSilentAreClosedAndTheOthersHearTheHeart() throws InterruptedException {
        String channel = freshChannel();
        long start = publisher().publish(channel, "0");
        String busyChannel = freshChannel();
        List<Long> busyIds = new CopyOnWriteArrayList<>();
        ScheduledExecutorService publishing = Executors.newSingleThreadScheduledExecutor();
        long begin = System.nanoTime();
        try (WebSocketClient busy = new WebSocketClient(target()).connect(List.of(busyChannel), start);
                RawClient silent = RawClient.webSocket(target(), List.of(channel));
                WebSocketClient answering = new WebSocketClient(target()).connect(List.of(channel), start);
                SseClient events = new SseClient(target()).connect(List.of(channel), start)) {
            var unused = publishing.scheduleAtFixedRate(
                    () -> busyIds.add(publisher().publish(busyChannel, "1")), 0, 200, TimeUnit.MILLISECONDS);
            int code = silent.awaitClose(Duration.ofSeconds(30));
            double seconds = (System.nanoTime() - begin) / 1e9;

            assertThat(code).as("%s, close code after %.1f s", silent, seconds).isEqualTo(4002);
            assertThat(seconds).as("seconds until the silent was closed").isBetween(9.0, 25.0);
            assertThat(events.comments())
                    .as("comments of %s: the first and a heartbeat", events)
                    .isGreaterThanOrEqualTo(2);
            long id = publisher().publish(channel, "1");
            Expect.exactly(answering, List.of(id));
            Expect.exactly(events, List.of(id));
            publishing.shutdown();
            assertThat(publishing.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            busyIds.add(publisher().publish(busyChannel, "2"));
            // It has heard no silence into which a heartbeat is written, and is not taken for dead.
            Expect.exactly(busy, List.copyOf(busyIds));
        } finally {
            publishing.shutdownNow();
        }
    }

    @Test
    default void aPollTimesOutWithTheCursorToGoOnWith() {
        String channel = freshChannel();
        long start = publisher().publish(channel, "0");
        PollClient poll = new PollClient(target());

        long begin = System.nanoTime();
        PollClient.Answer known = poll.once(List.of(channel), start, 2);
        double seconds = (System.nanoTime() - begin) / 1e9;
        PollClient.Answer fromNow = poll.once(List.of(channel), null, 1);
        long id = publisher().publish(channel, "1");

        assertThat(known.outcome()).isEqualTo("timeout");
        assertThat(known.messages()).isEmpty();
        assertThat(known.cursor()).as("cursor of %s", known.body()).isGreaterThanOrEqualTo(start);
        assertThat(seconds).as("seconds of a poll with timeout=2").isBetween(1.9, 5.0);
        assertThat(fromNow.outcome()).isEqualTo("timeout");
        for (long cursor : new long[] {known.cursor(), fromNow.cursor()}) {
            assertThat(poll.once(List.of(channel), cursor, 1).messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.id()).isEqualTo(id));
        }
    }

    @Test
    default void whoeverLeavesIsNoLongerPresent() {
        String channel = freshChannel();
        long start = publisher().publish(channel, "0");
        List<Subscriber> guests = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                guests.add(new WebSocketClient(target()).connect(List.of(channel), start));
                guests.add(new SseClient(target()).connect(List.of(channel), start));
                guests.add(new PollClient(target()).holding(5).connect(List.of(channel), start));
            }
            assertThat(Expect.until(Duration.ofSeconds(10), () -> present(channel) == guests.size()))
                    .as("all have come: %s", presence(channel))
                    .isTrue();
        } finally {
            guests.forEach(Subscriber::close);
        }
        assertThat(Expect.until(Duration.ofSeconds(25), () -> present(channel) == 0))
                .as("all have gone: %s", presence(channel))
                .isTrue();
    }
}
