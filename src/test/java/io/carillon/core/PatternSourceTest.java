package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.FakeOutlet.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternSourceTest {

    @Test
    void liveReaderGetsAllChannelsInOneOrderAlsoThoseThatAreBornLater() {
        TestHub hub = TestHub.roomy();
        hub.publish("a.old");
        FakeOutlet client = hub.reader("a.*");
        long first = hub.publish("a.old");
        long second = hub.publish("a.new");
        hub.publish("b.new");
        hub.publish("a.new.deep");
        long third = hub.publish("a.old");
        assertThat(client.ids()).containsExactly(first, second, third);
        assertThat(client.gaps()).isEmpty();
    }

    @Test
    void patternThatComesLateReadsTheChannelsFromAnyCursor() {
        TestHub hub = TestHub.roomy();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ids.add(hub.publish("a." + i % 7));
            hub.publish("b");
        }
        for (long cursor = ids.get(0) - 1; cursor <= ids.get(59); cursor++) {
            long after = cursor;
            FakeOutlet client = hub.reader(after, "a.*");
            assertThat(client.ids())
                    .isEqualTo(ids.stream().filter(id -> id > after).toList());
            assertThat(client.gaps()).isEmpty();
        }
        assertThat(hub.reader(0L, "a.*").ids()).isEqualTo(ids);
    }

    @Test
    void whoStandsBeforeTheWindowReadsTheChannelsAndThenTheWindow() {
        TestHub hub = TestHub.roomy();
        FakeOutlet slow = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        hub.open(slow, null, "a.*");
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(hub.publish("a." + i % 13));
        }
        slow.completeAll();
        assertThat(slow.ids()).isEqualTo(ids);
        assertThat(slow.gaps()).isEmpty();
        slow.assertRespected();
    }

    @Test
    void whoStandsBeforeTheWindowHearsOfEachChannelsOwnGapOnce() {
        TestHub hub = TestHub.retaining(5);
        FakeOutlet slow = new FakeOutlet(LineEncoder.single(), Mode.BY_HAND);
        hub.open(slow, null, "a.*");
        long cursor = hub.publish("a.x");
        List<Long> y = hub.publishTimes(3, "a.y");
        List<Long> x = hub.publishTimes(400, "a.x");
        slow.completeAll();

        assertThat(slow.gaps()).containsExactly(new Gap("a.x", cursor, x.get(394)));
        List<Long> expected = new ArrayList<>(List.of(cursor));
        expected.addAll(y);
        expected.addAll(x.subList(395, 400));
        assertThat(slow.ids()).isEqualTo(expected);
    }

    @Test
    void tooManyGapsAreSaidAsOneOfThePattern() {
        TestHub hub = TestHub.retaining(1);
        long cursor = hub.publish("other");
        long last = 0;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 40; i++) {
                long id = hub.publish("a." + i);
                last = round == 0 ? id : last;
            }
        }
        FakeOutlet client = hub.reader(cursor, "a.*");
        assertThat(client.gaps()).containsExactly(new Gap("a.*", cursor, last));
        assertThat(client.ids()).hasSize(40);
    }

    @Test
    void lossesOfVeryManyChannelsAreRememberedInBoundedMemory() {
        TestHub hub = TestHub.retaining(1);
        long cursor = hub.publish("other");
        FakeOutlet slow = new FakeOutlet(LineEncoder.single(), Mode.BY_HAND);
        for (int i = 0; i < 2_000; i++) {
            hub.publish("a." + i);
        }
        hub.open(slow, cursor, "a.*");
        for (int i = 0; i < 2_000; i += 10) {
            for (int j = i; j < i + 10; j++) {
                hub.publish("a." + j); // evicts what the client has not read
            }
            slow.complete();
        }
        slow.completeAll();
        assertThat(covered(slow, cursor)).isTrue();
        assertThat(slow.ids()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void channelThatWasForgottenIsAGapOfThePattern() {
        TestHub hub = TestHub.with(settings -> settings.maxChannels(3));
        long cursor = hub.publish("a.x");
        long lost = hub.publish("a.x");
        long y = hub.publish("b.y");
        hub.reader("b.y"); // in use, so it stays
        hub.publish("a.z");
        hub.publish("a.w"); // forgets a.x
        assertThat(hub.hub.index().find("a.x")).isNull();

        FakeOutlet client = hub.reader(cursor, "a.*");
        assertThat(client.gaps()).hasSize(1);
        assertThat(client.gaps().get(0).channel()).isEqualTo("a.*");
        assertThat(client.gaps().get(0).from()).isEqualTo(cursor);
        assertThat(client.gaps().get(0).to()).isGreaterThanOrEqualTo(lost);
        assertThat(client.ids()).hasSize(2);
        assertThat(hub.reader(y, "a.*").ids()).hasSize(2);
    }

    @Test
    void channelThatIsForgottenUnderAReaderWhoFollowsIsNoGap() {
        TestHub hub = TestHub.with(settings -> settings.maxChannels(2));
        FakeOutlet client = hub.reader("a.*");
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(hub.publish("a." + i));
        }
        assertThat(client.ids()).isEqualTo(ids);
        assertThat(client.gaps()).isEmpty();
    }

    @Test
    void channelThatIsForgottenUnderAReaderWhoIsBehindIsAGap() {
        TestHub hub = TestHub.with(settings -> settings.maxChannels(2).memory(20_000));
        FakeOutlet slow = new FakeOutlet(LineEncoder.batch(), Mode.BY_HAND);
        hub.open(slow, null, "a.*");
        long first = hub.publish("a.0");
        long last = first;
        for (int i = 1; i < 300; i++) {
            last = hub.publish("a." + i);
        }
        slow.completeAll();
        assertThat(slow.ids()).startsWith(first).endsWith(last).isSorted().doesNotHaveDuplicates();
        assertThat(slow.gaps()).isNotEmpty();
        assertThat(covered(slow, first)).isTrue();
    }

    @Test
    void whatOneReadsByCatchingUpIsNotSharedWithThoseInTheWindow() {
        TestHub hub = TestHub.retaining(1);
        LineEncoder two = new LineEncoder(2, 1 << 20);
        FakeOutlet live = new FakeOutlet(two, Mode.BY_HAND);
        hub.open(live, null, "a.*");
        long cursor = hub.publish("b");
        hub.publishTimes(300, "a.fill");
        live.completeAll();
        long y1 = hub.publish("a.y1");
        long y2 = hub.publish("a.y2");
        long y3 = hub.publish("a.y3");
        List<Long> x = hub.publishTimes(3, "a.x");

        FakeOutlet behind = new FakeOutlet(two, Mode.INLINE);
        hub.open(behind, cursor, "a.*"); // [fill, y1], [y2, y3], [x3], with gaps
        assertThat(behind.ids()).contains(y1, y2, y3, x.get(2));
        live.completeAll();
        List<Long> lived = live.ids();
        assertThat(lived.subList(lived.size() - 6, lived.size()))
                .containsExactly(y1, y2, y3, x.get(0), x.get(1), x.get(2));
    }

    @Test
    void patternThatNobodyUsesIsRemovedByTheSweepAndCanComeBack() {
        TestHub hub = TestHub.roomy();
        Connection connection = hub.open(new FakeOutlet(), null, "a.*");
        Source before = hub.hub.index().source(new ChannelPattern("a.*"));
        long missed = hub.publish("a.x");
        hub.hub.sweep();
        assertThat(hub.hub.index().source(new ChannelPattern("a.*"))).isSameAs(before);
        connection.gone();
        hub.hub.sweep();
        assertThat(hub.channel("a.x").patterns).isEmpty();
        FakeOutlet client = hub.reader(missed, "a.*");
        long id = hub.publish("a.x");
        assertThat(client.ids()).containsExactly(id);
    }

    @Test
    void unusedPatternsMakeRoomForNewOnes() {
        TestHub hub = TestHub.with(settings -> settings.maxPatterns(2));
        hub.open(new FakeOutlet(), null, "a.*").gone();
        hub.open(new FakeOutlet(), null, "b.*").gone();
        FakeOutlet client = hub.reader("c.*");
        long id = hub.publish("c.x");
        assertThat(client.ids()).containsExactly(id);
    }

    @Test
    void patternThatMadeRoomKeepsNothingThoughItsChannelHasItUntilTheSweep() {
        TestHub hub = TestHub.with(settings -> settings.maxPatterns(1));
        Connection connection = hub.open(new FakeOutlet(), null, "a.*");
        Source before = hub.hub.index().source(new ChannelPattern("a.*"));
        hub.publish("a.x");
        assertThat(before.retained.size()).isEqualTo(1);
        connection.gone();
        hub.open(new FakeOutlet(), null, "*.x").gone();
        assertThat(before.retained.size()).isZero();
        hub.publish("a.x");
        assertThat(before.retained.size()).isZero();
        assertThat(hub.channel("a.x").patterns).hasSize(2).contains((PatternSource) before);
        hub.hub.sweep();
        assertThat(hub.channel("a.x").patterns).isEmpty();
    }

    @Test
    void resumeWithinTheWindowIsRecoveredAlthoughItsChannelKeepsLess() {
        TestHub hub = TestHub.with(settings -> settings.retention(1, Duration.ofDays(1), Long.MAX_VALUE));
        hub.reader("a.*");
        List<Long> ids = hub.publishTimes(5, "a.x");
        FakeOutlet outlet = new FakeOutlet();
        Connection connection = hub.open(outlet, null, "b");
        hub.subscribe(connection, "a.*", ids.get(0));
        assertThat(outlet.notices().get(0)).endsWith("true");
        assertThat(outlet.gaps()).isEmpty();
        assertThat(outlet.ids()).isEqualTo(ids.subList(1, 5));
    }

    /** True when every hole in the ids after {@code from} lies under a gap; all ids belong to the pattern here. */
    private static boolean covered(FakeOutlet outlet, long from) {
        long at = from;
        for (long id : outlet.ids()) {
            for (long missing = at + 1; missing < id; missing++) {
                long hole = missing;
                boolean told = outlet.gaps().stream().anyMatch(gap -> hole > gap.from() && hole <= gap.to());
                if (!told) {
                    return false;
                }
            }
            at = Math.max(at, id);
        }
        return true;
    }
}
