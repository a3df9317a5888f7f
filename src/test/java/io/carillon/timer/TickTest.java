package io.carillon.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TickTest {
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void aTickIsLeftOutWhileTheOneBeforeIsAtWork() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch let = new CountDownLatch(1);
        Tick tick = new Tick("test", () -> {
            done.incrementAndGet();
            begun.countDown();
            await(let);
        });
        Thread first = new Thread(tick);
        first.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        tick.run();
        assertThat(done).hasValue(1);

        let.countDown();
        first.join();
        tick.run();
        assertThat(done).hasValue(2);
    }

    @Test
    void afterAFailureTheNextTickIsTaken() {
        Tick tick = new Tick("test", () -> {
            done.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });

        tick.run();
        tick.run();

        assertThat(done).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
