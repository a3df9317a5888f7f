package io.carillon.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.support.CutOff;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the shortcut is taken, and when not. What containers make of the rest is for the contract tests. */
class AsyncOutputTest {
    private final List<String> client = new ArrayList<>();
    private final List<String> owner = new ArrayList<>();
    private final Stream stream = new Stream();
    private final Socket socket = new Socket();

    @Test
    void headAndFirstArrayGoByTheContainer() throws Exception {
        AsyncOutput output = output();
        assertThat(output.write(bytes("first"))).isFalse();
        stream.possible();
        assertThat(owner).containsExactly("written");
        assertThat(output.write(bytes("second"))).isTrue();
        assertThat(client).containsExactly("stream first", "socket second");
        assertThat(owner).containsExactly("written");
    }

    @Test
    void whatTheSocketDoesNotTakeGoesByTheContainerWhenItCan() throws Exception {
        AsyncOutput output = output();
        output.write(bytes("first"));
        stream.possible();
        socket.takes = 2;
        stream.ready = false;
        assertThat(output.write(bytes("second"))).isFalse();
        assertThat(client).containsExactly("stream first", "socket se");
        assertThat(owner).containsExactly("written");
        stream.possible();
        assertThat(client).containsExactly("stream first", "socket se", "stream cond");
        assertThat(owner).containsExactly("written", "written");
        socket.takes = 100;
        assertThat(output.write(bytes("third"))).isTrue();
        assertThat(client).endsWith("socket third");
    }

    @Test
    void lastWordGoesByTheContainer() throws Exception {
        AsyncOutput output = output();
        output.write(bytes("first"));
        stream.possible();
        output.finish(bytes("bye"));
        assertThat(client).containsExactly("stream first", "stream bye", "complete");
    }

    @Test
    void withoutAShortcutAllGoesByTheContainer() throws Exception {
        socket.there = false;
        AsyncOutput output = output();
        output.write(bytes("first"));
        stream.possible();
        output.write(bytes("second"));
        assertThat(client).containsExactly("stream first", "stream second");
    }

    @Test
    void socketThatFailsIsAClientLost() throws Exception {
        AsyncOutput output = output();
        output.write(bytes("first"));
        stream.possible();
        socket.broken = true;
        assertThat(output.write(bytes("second"))).isFalse();
        assertThat(owner).containsExactly("written", "lost");
        output.write(bytes("third"));
        assertThat(client).containsExactly("stream first");
        assertThat(owner).containsExactly("written", "lost");
    }

    @Test
    void nothingIsWrittenToWhomTheSocketHasSeenLeave() throws IOException {
        AsyncOutput output = output();
        output.write(bytes("first"));
        stream.possible();
        socket.leave.run();
        assertThat(output.write(bytes("second"))).isFalse();
        assertThat(client).containsExactly("stream first");
        assertThat(owner).containsExactly("written", "lost");
    }

    @Test
    void theLastWordNeedsNoClassThatIsNotLoadedYet() throws Exception {
        CutOff loader = new CutOff(AsyncOutput.class);
        Class<?> type = loader.loadClass(AsyncOutput.class.getName());
        Class<?> later = loader.loadClass(AsyncOutput.Later.class.getName());
        AsyncContext context = proxy(AsyncContext.class, proxy(ServletResponse.class));
        Output output = (Output) type.getConstructor(AsyncContext.class, Output.Owner.class, later, boolean.class)
                .newInstance(context, new OwnersEar(owner), proxy(later), false);
        loader.cut();

        output.finish(bytes("bye"));
        stream.possible();
        assertThat(client).containsExactly("stream bye", "complete");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private AsyncOutput output() throws IOException {
        ServletResponse response = proxy(ServletResponse.class);
        AsyncContext context = proxy(AsyncContext.class, response);
        return new AsyncOutput(context, new OwnersEar(owner), (delay, task) -> {}, socket);
    }

    private <T> T proxy(Class<T> type, Object... answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("complete")) {
                        client.add("complete");
                    }
                    return switch (method.getName()) {
                        case "getResponse" -> answers[0];
                        case "getOutputStream" -> stream;
                        default -> null;
                    };
                }));
    }

    private final class Socket implements AsyncOutput.Shortcut {
        int takes = 100;
        boolean there = true;
        boolean broken;
        Runnable leave = () -> {};

        @Override
        public boolean open(Runnable gone) {
            leave = gone;
            return there;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (broken) {
                throw new IOException("broken pipe");
            }
            byte[] taken = new byte[Math.min(takes, bytes.remaining())];
            bytes.get(taken);
            client.add("socket " + new String(taken, StandardCharsets.US_ASCII));
        }
    }

    private final class Stream extends ServletOutputStream {
        boolean ready = true;
        private @Nullable WriteListener listener;

        void possible() throws IOException {
            ready = true;
            listener.onWritePossible();
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            this.listener = listener;
        }

        @Override
        public void write(int one) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] array) {
            client.add("stream " + new String(array, StandardCharsets.US_ASCII));
        }
    }
}
