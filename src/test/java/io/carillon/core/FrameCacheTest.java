package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.FakeOutlet.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameCacheTest {
    private final FrameCache.Budget budget = new FrameCache.Budget(10_000);
    private final FrameCache cache = new FrameCache(budget);
    private final LineEncoder encoder = LineEncoder.batch();

    @Test
    void frameIsFoundByItsEncoderAndTheEntryThatItBeginsWith() {
        Frame frame = frame(5);
        cache.put(encoder, 0, 1, false, frame);
        assertThat(cache.get(encoder, 1, 5)).isSameAs(frame);
        assertThat(cache.get(encoder, 2, 5)).isNull();
        assertThat(cache.get(LineEncoder.batch(), 1, 5)).isNull();
    }

    @Test
    void frameThatDoesNotReachTheNewestIsOnlyGoodWhenItIsFull() {
        cache.put(encoder, 0, 1, false, frame(5));
        assertThat(cache.get(encoder, 1, 6)).isNull();
        Frame full = frame(5);
        cache.put(encoder, 0, 1, true, full);
        assertThat(cache.get(encoder, 1, 6)).isSameAs(full);
    }

    @Test
    void lastFrameIsFoundByTheCursorsThatItFollows() {
        Frame frame = frame(15);
        cache.put(encoder, 5, 10, false, frame);
        assertThat(cache.after(encoder, 5, 15, 0)).isSameAs(frame);
        assertThat(cache.after(encoder, 9, 15, 9)).isSameAs(frame);
        assertThat(cache.after(encoder, 4, 15, 0))
                .as("there may be more before it")
                .isNull();
        assertThat(cache.after(encoder, 10, 15, 0)).as("has part of it").isNull();
        assertThat(cache.after(encoder, 5, 16, 0))
                .as("a longer one can be made")
                .isNull();
        assertThat(cache.after(encoder, 5, 15, 10)).as("is retained no longer").isNull();
        assertThat(cache.after(LineEncoder.batch(), 5, 15, 0)).isNull();
        cache.put(encoder, 15, 20, false, frame(20));
        assertThat(cache.after(encoder, 5, 15, 0)).as("no longer the last").isNull();
        cache.close();
        assertThat(cache.after(encoder, 15, 20, 0)).isNull();
    }

    @Test
    void longerFrameReplacesAShorterOneAndItsBytes() {
        cache.put(encoder, 0, 1, false, frame(5));
        long used = budget.used();
        Frame longer = frame(6);
        cache.put(encoder, 0, 1, false, longer);
        assertThat(cache.get(encoder, 1, 6)).isSameAs(longer);
        assertThat(budget.used()).isEqualTo(used);
    }

    @Test
    void nothingIsCachedBeyondTheBudgetOfAllCaches() {
        FrameCache other = new FrameCache(budget);
        for (int i = 0; i < 100; i++) {
            other.put(encoder, i - 1, i, true, new Frame.Text("x".repeat(1_000), i, 1));
            assertThat(budget.used()).isLessThanOrEqualTo(10_000);
        }
        assertThat(budget.used()).isPositive();
        cache.put(encoder, 0, 1, true, new Frame.Text("x".repeat(5_000), 1, 1));
        assertThat(cache.get(encoder, 1, 1)).isNull();
        other.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void closedCacheGivesBackWhatIsStillPutThere() {
        cache.put(encoder, 0, 1, true, frame(1));
        cache.close();
        assertThat(cache.get(encoder, 1, 1)).isNull();
        cache.put(encoder, 0, 1, true, frame(1));
        assertThat(budget.used()).isZero();
    }

    // ---- as connections use it ----

    @Test
    void allWhoStandAtOnePlaceShareOneFrame() {
        HandDrivenExecutor lanes = new HandDrivenExecutor();
        TestHub hub = TestHub.with(settings -> settings.lanes(1), lanes);
        FakeOutlet[] clients = new FakeOutlet[20];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new FakeOutlet(encoder, Mode.INLINE);
            hub.open(clients[i], null, "a");
        }
        hub.publishTimes(3, "a");
        lanes.runAll();
        assertThat(encoder.encoded()).isEqualTo(1);
        for (FakeOutlet client : clients) {
            assertThat(client.frames()).containsExactly(clients[0].frames().get(0));
            assertThat(client.ids()).hasSize(3);
        }
        hub.publish("a");
        lanes.runAll();
        assertThat(encoder.encoded()).isEqualTo(2);
    }

    private FakeOutlet poll(TestHub hub, long since) {
        FakeOutlet outlet = new FakeOutlet(encoder, Mode.INLINE);
        hub.open(outlet, Transport.LONG_POLL, null, since, "a").gone();
        return outlet;
    }

    @Test
    void thoseWhoPollOneAfterTheOtherShareAFrameFromTheSecondOn() {
        TestHub hub = TestHub.roomy();
        long cursor = hub.publish("a");
        List<Long> ids = hub.publishTimes(3, "a");
        for (int i = 0; i < 5; i++) {
            assertThat(poll(hub, cursor).ids()).isEqualTo(ids);
        }
        assertThat(encoder.encoded()).isEqualTo(2);
    }

    @Test
    void nothingIsPutAsideForWhoPollsAlone() {
        TestHub hub = TestHub.roomy();
        long cursor = hub.publish("a");
        for (int i = 0; i < 5; i++) {
            long id = hub.publish("a");
            assertThat(poll(hub, cursor).ids()).containsExactly(id);
            assertThat(hub.channel("a").frames.get(encoder, id, id)).isNull();
            cursor = id;
        }
    }

    @Test
    void whoMissedSomethingHearsOfItThoughTheOthersHereDidNotMissIt() {
        TestHub hub = TestHub.retaining(2);
        long cursor = hub.publish("a");
        long lost = hub.publish("a");
        List<Long> kept = hub.publishTimes(2, "a");
        hub.open(new FakeOutlet(), null, "a"); // company: nothing is kept for who is alone
        for (int i = 0; i < 2; i++) { // all that there is, so for them nothing is missing
            FakeOutlet all = new FakeOutlet(encoder, Mode.INLINE);
            hub.open(all, 0L, "a");
            assertThat(all.ids()).isEqualTo(kept);
        }
        assertThat(encoder.encoded()).isEqualTo(1);
        FakeOutlet late = new FakeOutlet(encoder, Mode.INLINE);
        hub.open(late, cursor, "a");
        assertThat(late.gaps()).containsExactly(new Gap("a", cursor, lost));
        assertThat(late.ids()).isEqualTo(kept);
    }

    @Test
    void whatWasSharedIsNotGivenToWhoComesOnceItIsForgotten() {
        TestHub hub = TestHub.roomy();
        long cursor = hub.publish("a");
        for (int i = 0; i < 2; i++) {
            hub.open(new FakeOutlet(encoder, Mode.INLINE), null, "a");
        }
        long id = hub.publish("a");
        FakeOutlet early = new FakeOutlet(encoder, Mode.INLINE);
        hub.open(early, cursor, "a");
        assertThat(early.ids()).containsExactly(id);
        assertThat(encoder.encoded()).isEqualTo(1);

        hub.hub.forget(new ChannelName("a"));
        FakeOutlet late = new FakeOutlet(encoder, Mode.INLINE);
        hub.open(late, cursor, "a");
        assertThat(late.ids()).isEmpty();
        assertThat(late.gaps()).containsExactly(new Gap("a", cursor, id));
    }

    @Test
    void whoComesLaterToTheSamePlaceGetsTheLongerFrame() {
        TestHub hub = TestHub.roomy();
        long cursor = hub.publish("a");
        hub.publish("a");
        FakeOutlet early = new FakeOutlet(encoder, Mode.NEVER);
        hub.open(early, cursor, "a");
        hub.publish("a");
        FakeOutlet late = new FakeOutlet(encoder, Mode.INLINE);
        hub.open(late, cursor, "a");
        FakeOutlet later = new FakeOutlet(encoder, Mode.INLINE);
        hub.open(later, cursor, "a");
        assertThat(early.ids()).hasSize(1);
        assertThat(late.ids()).hasSize(2);
        assertThat(later.frames()).isEqualTo(late.frames());
    }

    @Test
    void whatExpiresIsNeverShared() {
        TestHub hub = TestHub.roomy();
        long cursor = hub.publish("a");
        hub.publish("a");
        hub.publishFor(Duration.ofSeconds(10), "a");
        long last = hub.publish("a");
        assertThat(hub.reader(cursor, "a").ids()).hasSize(3);
        hub.clock.advance(Duration.ofSeconds(10));
        FakeOutlet late = new FakeOutlet(encoder, Mode.INLINE);
        hub.open(late, cursor, "a");
        assertThat(late.ids()).containsExactly(cursor + 1, last);
    }

    @Test
    void framesOfDifferentWireFormsAreNotMixed() {
        TestHub hub = TestHub.roomy();
        List<Long> ids = hub.publishTimes(4, "a");
        FakeOutlet batch = new FakeOutlet(LineEncoder.batch(), Mode.INLINE);
        FakeOutlet single = new FakeOutlet(LineEncoder.single(), Mode.INLINE);
        hub.open(batch, 0L, "a");
        hub.open(single, 0L, "a");
        assertThat(batch.frames()).hasSize(1);
        assertThat(single.frames()).hasSize(4);
        assertThat(single.ids()).isEqualTo(ids);
    }

    @Test
    void fullFramesOfAReplayAreSharedByAllWhoReplay() {
        TestHub hub = TestHub.roomy();
        List<Long> ids = hub.publishTimes(640, "a");
        hub.open(new FakeOutlet(), null, "a"); // company
        for (int client = 0; client < 5; client++) {
            FakeOutlet outlet = new FakeOutlet(encoder, Mode.INLINE);
            hub.open(outlet, 0L, "a");
            assertThat(outlet.ids()).isEqualTo(ids);
        }
        assertThat(encoder.encoded()).isEqualTo(10);
    }

    @Test
    void nothingIsKeptForOneWhoIsAlone() {
        TestHub hub = TestHub.roomy();
        FakeOutlet alone = new FakeOutlet(encoder, Mode.INLINE);
        hub.open(alone, Transport.WEBSOCKET, "anna", null, "a");
        FakeOutlet elsewhere = new FakeOutlet(encoder, Mode.INLINE);
        hub.open(elsewhere, Transport.WEBSOCKET, "berta", null, "b");
        List<Long> ids = hub.publishTimes(3, "a");
        assertThat(alone.ids()).isEqualTo(ids);
        assertThat(hub.hub.index().find("a").frames.after(encoder, ids.get(1), ids.get(2), 0))
                .isNull();

        hub.open(new FakeOutlet(encoder, Mode.INLINE), Transport.WEBSOCKET, "cleo", null, "a");
        long next = hub.publish("a");
        assertThat(hub.hub.index().find("a").frames.after(encoder, ids.get(2), next, 0))
                .isNotNull();
    }

    private static Frame frame(long lastId) {
        return new Frame.Text("frame", lastId, 1);
    }
}
