package io.carillon.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeanContextTest {
    private final List<AsyncListener> atContainer = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private final AsyncContext container = proxy(AsyncContext.class, (name, arguments) -> {
        if (name.equals("addListener")) {
            atContainer.add((AsyncListener) arguments[0]);
        }
    });

    private final AsyncListener listener = proxy(AsyncListener.class, (name, arguments) -> heard.add(name));

    @Test
    void listenersHearOfTheRequestUntilItIsTakenOver() throws Exception {
        LeanContext context = new LeanContext(container);
        context.addListener(listener);
        context.addListener(listener, null, null);

        tellAll();
        assertThat(heard)
                .containsExactly(
                        "onStartAsync",
                        "onTimeout",
                        "onError",
                        "onComplete",
                        "onStartAsync",
                        "onTimeout",
                        "onError",
                        "onComplete");

        heard.clear();
        assertThat(context.takeOver()).isSameAs(container);
        tellAll();
        assertThat(heard).isEmpty();
    }

    private void tellAll() throws Exception {
        AsyncEvent event = new AsyncEvent(container);
        for (AsyncListener one : atContainer) {
            one.onStartAsync(event);
            one.onTimeout(event);
            one.onError(event);
            one.onComplete(event);
        }
    }

    private interface Call {
        void made(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    call.made(method.getName(), arguments);
                    return null;
                }));
    }
}
