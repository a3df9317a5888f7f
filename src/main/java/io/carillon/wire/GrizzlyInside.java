package io.carillon.wire;

import java.lang.reflect.Field;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.http.ContentEncoding;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.utils.DelayedExecutor.DelayQueue;
import org.jspecify.annotations.Nullable;

/** What Grizzly's reader of HTTP keeps to itself, and Payara's, which is made of it. Immutable. */
final class GrizzlyInside {
    private final DelayQueue<Object> idle;
    private final Attribute<?> timer;
    private final int idleSeconds;
    private final @Nullable String frames;
    private final boolean compresses;

    /** @throws ReflectiveOperationException it is another than we know */
    @SuppressWarnings("unchecked") // the queue takes what its own attribute gives
    GrizzlyInside(HttpServerFilter codec) throws ReflectiveOperationException {
        idle = (DelayQueue<Object>) value(HttpServerFilter.class, "keepAliveQueue", codec);
        timer = (Attribute<?>) value(HttpServerFilter.class, "keepAliveContextAttr", codec);
        idleSeconds = ((KeepAlive) value(HttpServerFilter.class, "keepAlive", codec)).getIdleTimeoutInSeconds();
        frames = codec.getClass() == HttpServerFilter.class
                ? null
                : (String) optional(codec.getClass(), "xFrameOptions", codec);
        compresses = compresses(codec);
    }

    private static boolean compresses(HttpServerFilter codec) throws ReflectiveOperationException {
        for (ContentEncoding encoding : codec.getContentEncodings()) {
            String filter = encoding.getName().equals("gzip") ? "encoderFilter" : "encodingFilter";
            Object applied = value(encoding.getClass(), filter, encoding);
            Object config = value(applied.getClass(), "compressionConfig", applied);
            Object mode = config.getClass().getMethod("getCompressionMode").invoke(config);
            if (!mode.toString().equals("OFF")) {
                return true;
            }
        }
        return false;
    }

    private static Object value(Class<?> type, String field, Object of) throws ReflectiveOperationException {
        Object value = optional(type, field, of);
        if (value == null) {
            throw new NoSuchFieldException(type.getName() + '.' + field + " has nothing");
        }
        return value;
    }

    private static @Nullable Object optional(Class<?> type, String field, Object of)
            throws ReflectiveOperationException {
        Field found = type.getDeclaredField(field);
        found.setAccessible(true);
        return found.get(of);
    }

    /** Whether it may compress what it sends. */
    boolean compresses() {
        return compresses;
    }

    /** What it puts into the head of each answer for pages in frames; null if nothing. */
    @Nullable
    String frames() {
        return frames;
    }

    /** How long a connection may be without a request; without end if that is not positive. */
    long idleMillis() {
        return 1000L * idleSeconds;
    }

    /** It would close the connection when that has been without a request, as it sees it, for that long. */
    void stopWaiting(Connection<?> connection) {
        Object waiting = timer.get(connection);
        if (waiting != null) {
            idle.remove(waiting);
        }
    }
}
