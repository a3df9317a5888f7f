package io.carillon.core;

import static io.carillon.support.Threads.join;

import io.carillon.support.Tries;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** Two threads at the subscribers of one source, in the interleavings that Lincheck's model checker finds. */
class SubscribersRacesTest {

    @Test
    void twoLeaveAtOnceAndTheThirdStays() {
        Lincheck.runConcurrentTest(Tries.of(60), () -> {
            Subscribers subscribers = new Subscribers();
            Subscription[] all = {subscription(), subscription(), subscription()};
            for (Subscription one : all) {
                subscribers.add(one);
            }
            Thread other = new Thread(() -> subscribers.remove(all[0]));
            other.start();
            subscribers.remove(all[1]);
            join(other);
            require(subscribers, all[2]);
        });
    }

    @Test
    void oneComesWhileOneLeavesAndThePassIsMade() {
        Lincheck.runConcurrentTest(Tries.of(60), () -> {
            Subscribers subscribers = new Subscribers();
            Subscription first = subscription();
            Subscription second = subscription();
            subscribers.add(first);
            Thread other = new Thread(() -> {
                subscribers.snapshot();
                subscribers.remove(first);
            });
            other.start();
            subscribers.add(second);
            join(other);
            require(subscribers, second);
        });
    }

    @Test
    void whoJoinsIsInASourceThatIsNotRetired() {
        Lincheck.runConcurrentTest(Tries.of(60), () -> {
            Subscribers subscribers = new Subscribers();
            boolean[] retired = {false};
            Thread sweep = new Thread(() -> retired[0] = subscribers.retire());
            sweep.start();
            boolean joined = subscribers.add(subscription());
            join(sweep);
            if (joined == retired[0]) {
                throw new AssertionError("joined " + joined + ", retired " + retired[0]);
            }
        });
    }

    private static void require(Subscribers subscribers, Subscription only) {
        Subscription[] snapshot = subscribers.snapshot();
        if (subscribers.count() != 1 || snapshot.length != 1 || snapshot[0] != only) {
            throw new AssertionError(subscribers.count() + " are left, " + snapshot.length + " in the copy");
        }
    }

    /** Subscribers look at nothing of it but its slot. */
    private static Subscription subscription() {
        return new Subscription(null, null, "a", 0);
    }
}
