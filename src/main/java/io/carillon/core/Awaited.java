package io.carillon.core;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An append that nobody waits for: its outcome goes to a {@link Receipt} once, whoever comes first with one, and then the receipt is let
 * go of. No lock.
 */
final class Awaited implements Receipt {
    private static final System.Logger LOG = System.getLogger(Awaited.class.getName());

    private final AtomicReference<@Nullable Receipt> receipt;
    private final long begun;

    /** @param begun {@link HubClock#nanos()} */
    Awaited(Receipt receipt, long begun) {
        this.receipt = new AtomicReference<>(receipt);
        this.begun = begun;
    }

    @Override
    public void stored(List<Appended> answers) {
        tell(one -> one.stored(answers));
    }

    @Override
    public void failed(RuntimeException why) {
        tell(one -> one.failed(why));
    }

    long begun() {
        return begun;
    }

    boolean told() {
        return receipt.get() == null;
    }

    private void tell(Consumer<Receipt> what) {
        Receipt one = receipt.getAndSet(null);
        if (one == null) {
            return;
        }
        try {
            what.accept(one);
        } catch (RuntimeException e) { // the thread is the log's, and has others to serve
            LOG.log(Level.ERROR, "a receipt failed", e);
        }
    }
}
