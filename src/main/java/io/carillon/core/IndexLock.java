package io.carillon.core;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The index' one lock, reentrant. Whoever wants it may overtake those who wait, which is what a lock that is held for
 * microseconds needs. But who takes it over and over, as the sweep does, takes it in turn: else he would have it again before
 * one who waits is awake.
 */
final class IndexLock {
    private final ReentrantLock fair = new ReentrantLock(true);

    void lock() {
        if (!fair.tryLock()) { // which overtakes, though the lock is fair
            fair.lock();
        }
    }

    /** Waits until all who wait already have had it. */
    void lockInTurn() {
        fair.lock();
    }

    void unlock() {
        fair.unlock();
    }
}
