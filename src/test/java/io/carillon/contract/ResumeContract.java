package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.GapNotice;
import io.carillon.client.PollClient;
import io.carillon.client.Publisher;
import io.carillon.client.Received;
import io.carillon.client.Subscriber;
import io.carillon.client.Verdict;
import io.carillon.client.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One cursor, the same on every transport: whoever comes back gets exactly the rest, or is told what is missing. */
interface ResumeContract extends Contract {
    /** What a channel retains by default. */
    int RETAINED = 1_000;

    int SAMPLE = 50;

    @Test
    default void anyCursorOfAThousandPublicationsGivesExactlyTheRest() {
        String channel = freshChannel();
        List<Long> history = publisher().burst(channel, RETAINED);
        List<Long> cursors;
        try (Subscriber before = connect(wire().next(), List.of(channel), 0L)) {
            Expect.exactly(before, history);
            cursors = Expect.ids(before);
        }
        if (wire() == Wire.POLL) {
            for (int i = 0; i < RETAINED; i++) {
                everythingAfter(channel, cursors.get(i), history.subList(i + 1, RETAINED));
            }
        } else {
            for (int i = RETAINED / SAMPLE - 1; i < RETAINED; i += RETAINED / SAMPLE) {
                try (Subscriber again = connect(List.of(channel), cursors.get(i))) {
                    Expect.exactly(again, history.subList(i + 1, RETAINED));
                }
            }
        }
    }

    private void everythingAfter(String channel, long start, List<Long> rest) {
        PollClient poll = new PollClient(target());
        List<Long> got = new ArrayList<>();
        for (long cursor = start; got.size() < rest.size(); ) {
            PollClient.Answer answer = poll.once(List.of(channel), cursor, 1);
            answer.messages().forEach(message -> got.add(message.id()));
            assertThat(answer.gaps()).as("%s after %s", poll, cursor).isEmpty();
            assertThat(answer.cursor())
                    .as("%s goes on after %s: %s", poll, cursor, answer.outcome())
                    .isGreaterThan(cursor);
            cursor = answer.cursor();
        }
        Verdict verdict = Verdict.of(rest, got);
        assertThat(verdict.exact()).as("%s after %s: %s", poll, start, verdict).isTrue();
    }

    @Test
    default void aClientThatHopsFromTransportToTransportMissesNothing() {
        String channel = freshChannel();
        Publisher publisher = publisher();
        long cursor = publisher.publish(channel, "0");
        List<Long> sent = new ArrayList<>();
        List<Long> got = new ArrayList<>();
        Wire wire = wire();
        for (int hop = 0; hop < 30; hop++) {
            sent.addAll(publisher.burst(channel, 7)); // nobody is there
            try (Subscriber subscriber = connect(wire, List.of(channel), cursor)) {
                sent.addAll(publisher.burst(channel, 3)); // it is there, or about to be
                int expected = sent.size() - got.size() - hop % 3; // sometimes it leaves before it has all
                Expect.until(
                        java.time.Duration.ofSeconds(15),
                        () -> subscriber.received().size() >= expected || !subscriber.open());
                assertThat(subscriber.gaps())
                        .as("%s at hop %s", subscriber, hop)
                        .isEmpty();
                List<Long> part = Expect.ids(subscriber);
                got.addAll(part);
                cursor = part.isEmpty() ? cursor : part.get(part.size() - 1);
            }
            wire = wire.next();
        }
        try (Subscriber last = connect(wire, List.of(channel), cursor)) {
            List<Long> rest = sent.subList(Math.min(got.size(), sent.size()), sent.size());
            Expect.exactly(last, List.copyOf(rest));
            got.addAll(Expect.ids(last));
        }
        Verdict verdict = Verdict.of(sent, got);
        assertThat(verdict.exact())
                .as("%s, 30 hops from %s: %s", target().server(), wire(), verdict)
                .isTrue();
    }

    @Test
    default void aCursorBelowTheFloorGetsTheExactGapAndThenTheRest() {
        String channel = freshChannel();
        List<Long> ids = publisher().burst(channel, RETAINED + 300);
        long floor = ids.get(299);
        List<Long> retained = ids.subList(300, ids.size());
        for (long cursor : new long[] {ids.get(0), ids.get(150), ids.get(298)}) {
            try (Subscriber subscriber = connect(List.of(channel), cursor)) {
                Expect.inOrder(subscriber, retained);
                assertThat(subscriber.gaps())
                        .as("%s from %s", subscriber, cursor)
                        .containsExactly(new GapNotice(channel, cursor, floor));
            }
        }
        for (long cursor : new long[] {floor, 0}) { // the floor itself misses nothing, and 0 asks for what there is
            try (Subscriber subscriber = connect(List.of(channel), cursor)) {
                Expect.exactly(subscriber, retained);
            }
        }
    }

    @Test
    default void aCursorFromTheFutureGetsAGapAndThenAllThatIsRetained() {
        String channel = freshChannel();
        List<Long> ids = publisher().burst(channel, 20);
        long future = ids.get(19) + 1_000_000_000L;
        try (Subscriber subscriber = connect(List.of(channel), future)) {
            Expect.inOrder(subscriber, ids);
            assertThat(subscriber.gaps()).as("%s", subscriber).hasSize(1).allSatisfy(gap -> {
                assertThat(gap.channel()).isEqualTo(channel);
                assertThat(gap.from()).isEqualTo(future);
                assertThat(gap.to()).isLessThan(ids.get(0));
            });
            assertThat(subscriber.cursor()).isEqualTo(ids.get(19));
        }
    }

    @Test
    default void zeroIsNeverAGapEvenWhereNothingHasBeenPublished() {
        String channel = freshChannel();
        try (Subscriber subscriber = connect(List.of(channel), 0L)) {
            Expect.exactly(subscriber, publisher().burst(channel, 3));
        }
    }

    @Test
    default void oneCursorResumesTwoChannelsAndAPattern() {
        String a = freshChannel();
        String b = freshChannel();
        String tree = freshChannel();
        String stranger = freshChannel();
        List<String> channels = List.of(a, b, tree + ".*");
        List<String> turns = List.of(a, tree + ".x", stranger, b, b, tree + ".y", tree + ".x.deep", a, tree + ".x");
        Publisher publisher = publisher();
        long start = publisher.publish(a, "0");
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<Long> ids = publisher.broadcast(turns, Integer.toString(i));
            for (int turn = 0; turn < turns.size(); turn++) {
                boolean covered = turn != 2 && turn != 6;
                if (covered) {
                    expected.add(ids.get(turn));
                }
            }
        }
        try (Subscriber first = connect(wire().next(), channels, start)) {
            Expect.exactly(first, expected);
            List<Received> all = first.received();
            for (int i = 0; i < all.size(); i += 7) {
                try (Subscriber again = connect(channels, all.get(i).id())) {
                    Expect.exactly(again, expected.subList(i + 1, expected.size()));
                    assertThat(again.received()).as("%s", again).isEqualTo(all.subList(i + 1, all.size()));
                }
            }
        }
    }
}
