package io.carillon.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * A hub whose index' lock somebody holds, so that a test decides who waits for it, and in which order. It is held by who makes
 * the channel {@value #CHANNEL}: he is asked for its options under the lock.
 */
final class HeldIndex {
    private static final String CHANNEL = "holder";

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final List<FutureTask<?>> tasks = new ArrayList<>();
    final TestHub hub;

    /** @param options asked, under the lock, for the options of all other channels */
    HeldIndex(Function<String, ChannelOptions> options, UnaryOperator<TestHub.Settings> change) {
        hub = TestHub.with(settings -> change.apply(settings).options(name -> {
            if (name.equals(CHANNEL)) {
                held.countDown();
                await(letGo);
            }
            return options.apply(name);
        }));
    }

    ChannelIndex index() {
        return hub.hub.index();
    }

    /** From now on the lock is held. */
    void hold() {
        start(() -> index().channel(CHANNEL));
        await(held);
    }

    /** Returns once that thread waits in line, behind those that do already. */
    void waits(Runnable action) {
        Thread thread = start(action);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> thread.getState() == Thread.State.WAITING);
    }

    /** Lets all of them go on, and returns when they are through; throws what one of them has thrown. */
    void release() throws Exception {
        letGo.countDown();
        for (FutureTask<?> task : tasks) {
            task.get(10, SECONDS);
        }
    }

    private Thread start(Runnable action) {
        FutureTask<?> task = new FutureTask<>(action, null);
        tasks.add(task);
        Thread thread = new Thread(task, "waits for the index");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
