package io.carillon.polling;

import static io.carillon.support.Threads.join;

import io.carillon.support.Tries;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** Answers that come while the IO thread writes others, in the interleavings that Lincheck's model checker finds. */
class IoThreadOutboxRacesTest {

    @Test
    void anAnswerIsWrittenWithTheOthersOrSentOnceMore() {
        Lincheck.runConcurrentTest(Tries.of(60), () -> {
            AtomicInteger tasks = new AtomicInteger();
            AtomicInteger written = new AtomicInteger();
            IoThreadOutbox outbox = new IoThreadOutbox(task -> tasks.incrementAndGet());
            outbox.add(written::incrementAndGet);
            outbox.send();
            Thread fanOut = new Thread(() -> {
                outbox.add(written::incrementAndGet);
                outbox.send();
            });
            fanOut.start();
            tasks.decrementAndGet();
            outbox.run();
            join(fanOut);
            while (tasks.getAndDecrement() > 0) {
                outbox.run();
            }
            if (written.get() != 2) {
                throw new AssertionError(written + " of 2 answers written");
            }
        });
    }
}
