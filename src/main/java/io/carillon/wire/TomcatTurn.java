package io.carillon.wire;

import java.lang.reflect.Method;
import java.util.concurrent.locks.Lock;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** The right to have a connection of Tomcat's for oneself, as each of its workers has: its lock, or, before Tomcat 10.1, its monitor. */
final class TomcatTurn {
    private static final @Nullable Method LOCK = lock();

    private TomcatTurn() {}

    /** Runs that when nobody else has it. */
    static void take(SocketWrapperBase<?> socket, Runnable task) {
        Lock lock = lock(socket);
        if (lock == null) {
            synchronized (socket) {
                task.run();
            }
            return;
        }
        lock.lock();
        try {
            task.run();
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Lock lock(SocketWrapperBase<?> socket) {
        try {
            return LOCK == null ? null : (Lock) LOCK.invoke(socket);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Method lock() {
        try {
            return SocketWrapperBase.class.getMethod("getLock");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
