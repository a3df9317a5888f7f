package io.carillon.transport.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.CloseReason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServletPollOutletTest {
    private final List<String> calls = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private boolean committed;

    @Test
    void aPollThatIsCutBeforeItsAnswerIsNoAnswer() throws Exception {
        ServletPollOutlet outlet = new ServletPollOutlet(context(), (delay, task) -> later.add(task));
        outlet.abort(CloseReason.slow("no progress"));
        assertThat(calls).doesNotContain("complete");

        later.forEach(Runnable::run);
        assertThat(calls).containsSubsequence("setStatus 503", "setHeader Retry-After", "complete");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatHasBegunIsLeftAsItIs(boolean begun) throws Exception {
        ServletPollOutlet outlet = new ServletPollOutlet(context(), (delay, task) -> later.add(task));
        committed = begun;
        outlet.abort(CloseReason.slow("no progress"));
        outlet.abort(CloseReason.slow("no progress"));

        later.forEach(Runnable::run);
        assertThat(calls.contains("setStatus 503")).isEqualTo(!begun);
        assertThat(calls).containsOnlyOnce("complete");
    }

    private AsyncContext context() {
        return (AsyncContext) proxy(AsyncContext.class);
    }

    private Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            calls.add(arguments == null ? method.getName() : method.getName() + " " + arguments[0]);
            return switch (method.getName()) {
                case "getResponse" -> proxy(HttpServletResponse.class);
                case "getOutputStream" -> new Stuck();
                case "isCommitted" -> committed;
                default -> null;
            };
        });
    }

    /** Can never be written to. */
    private static final class Stuck extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int b) {
            throw new IllegalStateException("not ready");
        }
    }
}
