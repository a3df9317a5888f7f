package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.MassClient;
import io.carillon.client.Received;
import io.carillon.client.Subscriber;
import io.carillon.client.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** Waits for what must come, and says exactly what did not. */
final class Expect {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Expect() {}

    /** The subscriber gets these and nothing else, in this order, and no gap. */
    static void exactly(Subscriber subscriber, List<Long> ids) {
        inOrder(subscriber, ids);
        assertThat(subscriber.gaps()).as("gaps of %s", subscriber).isEmpty();
    }

    /** The same, whatever gaps there were. */
    static void inOrder(Subscriber subscriber, List<Long> ids) {
        whileItGoesOn(
                () -> subscriber.received().size() >= ids.size() || !subscriber.open(),
                () -> subscriber.received().size());
        Verdict verdict = Verdict.of(ids, ids(subscriber));
        assertThat(verdict.exact())
                .as("%s, %s, expected %s publications: %s", subscriber, open(subscriber), ids.size(), verdict)
                .isTrue();
    }

    /** Every connection of the crowd gets these and nothing else, in this order, and no gap. */
    static void exactly(MassClient crowd, List<Long> ids) {
        whileItGoesOn(() -> crowd.slowest() >= ids.get(ids.size() - 1) || crowd.ended() > 0, crowd::deliveries);
        assertThat(crowd.problems(ids)).as("%s", crowd).isEmpty();
    }

    static List<Long> ids(Subscriber subscriber) {
        return subscriber.received().stream().map(Received::id).toList();
    }

    /** Waits as long as something still comes: how fast is not the question here, and machines differ. */
    private static void whileItGoesOn(Callable<Boolean> complete, LongSupplier received) {
        long before;
        do {
            before = received.getAsLong();
        } while (!until(PATIENCE, complete) && received.getAsLong() > before);
    }

    /** True when it became so in time; what is then asserted says more than a timeout. */
    static boolean until(Duration patience, Callable<Boolean> condition) {
        try {
            await().atMost(patience).pollInterval(Duration.ofMillis(10)).until(condition);
            return true;
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            return false;
        }
    }

    private static String open(Subscriber subscriber) {
        return subscriber.open() ? "open" : "over";
    }
}
