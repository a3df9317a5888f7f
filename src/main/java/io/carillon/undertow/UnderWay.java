package io.carillon.undertow;

import io.undertow.server.HandlerWrapper;
import io.undertow.servlet.api.DeploymentInfo;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WildFly's count of the requests that are under way for the application. It begins none once the server has been suspended, and waits for those that
 * have begun. Found by reflection, as it looks at exchanges only. Safe for concurrent use.
 */
final class UnderWay {
    private static final System.Logger LOG = System.getLogger(UnderWay.class.getName());

    private final @Nullable Object counter;
    private final @Nullable Method begin;
    private final @Nullable Method complete;

    private UnderWay(@Nullable Object counter, @Nullable Method begin, @Nullable Method complete) {
        this.counter = counter;
        this.begin = begin;
        this.complete = complete;
    }

    /** Null if there is such a count, and it is another than we know. Where there is none all may begin. */
    static @Nullable UnderWay of(DeploymentInfo deployment) {
        List<HandlerWrapper> wrappers = Neighbours.suspending(deployment);
        for (HandlerWrapper wrapper : wrappers) {
            Object counter = counter(wrapper);
            if (counter != null) {
                return in(counter);
            }
        }
        return wrappers.isEmpty() ? new UnderWay(null, null, null) : null;
    }

    private static @Nullable Object counter(HandlerWrapper wrapper) {
        try {
            Field field = wrapper.getClass().getDeclaredField("entryPoint");
            field.setAccessible(true);
            return field.get(wrapper);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private static @Nullable UnderWay in(Object counter) {
        try {
            return new UnderWay(
                    counter,
                    counter.getClass().getMethod("beginRequest"),
                    counter.getClass().getMethod("requestComplete"));
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "each poll is parsed, as the count of requests is another: {0}", e.toString());
            return null;
        }
    }

    /** False if none may begin now. Else {@link #end} is to follow. */
    boolean begin() {
        return begin == null || call(begin).equals("RUN");
    }

    void end() {
        if (complete != null) {
            call(complete);
        }
    }

    private String call(Method method) {
        try {
            return String.valueOf(method.invoke(counter));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
