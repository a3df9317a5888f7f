package io.carillon.log.journal;

import io.carillon.core.Appended;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.NewPublication;
import io.carillon.core.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A batch on its way through the writer, with its publisher waiting for it, or a receipt that is told. */
final class Pending {
    final List<NewPublication> batch;
    /** The answers that it will get. The writer's only. */
    List<Appended> answers = List.of();
    /** The next in line. */
    @Nullable
    Pending next;

    private final @Nullable Receipt receipt;
    private final Thread publisher = Thread.currentThread();
    private volatile @Nullable List<Appended> answered;
    private volatile @Nullable RuntimeException failed;

    /** @param receipt null: the thread that makes it will {@link #await} */
    Pending(List<NewPublication> batch, @Nullable Receipt receipt) {
        this.batch = batch;
        this.receipt = receipt;
    }

    /** The writer's last word: it is stored. */
    void complete() {
        if (receipt != null) {
            receipt.stored(answers);
            return;
        }
        answered = answers;
        LockSupport.unpark(publisher);
    }

    /** The writer's last word: it is not, or nobody knows. */
    void fail(RuntimeException why) {
        if (receipt != null) {
            receipt.failed(why);
            return;
        }
        failed = why;
        LockSupport.unpark(publisher);
    }

    /** Parks the publisher until the writer has had its last word. An interrupt is kept for later. */
    List<Appended> await(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                List<Appended> stored = answered;
                if (stored != null) {
                    return stored;
                }
                RuntimeException why = failed;
                if (why != null) {
                    throw why;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new LogUnavailableException("the journal's disk has not answered for " + patience.toSeconds()
                            + " s; whether it is stored is not known");
                }
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
