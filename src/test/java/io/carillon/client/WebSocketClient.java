package io.carillon.client;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client of {@code v1/ws} on the JDK's own WebSocket. Answers the hub's pings. */
public final class WebSocketClient implements Subscriber {

    /** How the hub ended it. */
    public record Close(int code, String reason) {}

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Target target;
    private final Journal journal = new Journal();
    private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Close> closed = new CompletableFuture<>();
    private final Object sending = new Object();
    private List<String> channels = List.of();
    private volatile String id = "not connected";
    private @Nullable WebSocket socket;

    public WebSocketClient(Target target) {
        this.target = target;
    }

    @Override
    public WebSocketClient connect(List<String> channels, @Nullable Long cursor) {
        this.channels = channels;
        open("v1/ws" + Target.query(channels, "since", cursor), cursor);
        id = answer("welcome").text("connection");
        for (int i = 0; i < Math.max(1, channels.size()); i++) {
            answer("subscribed");
        }
        return this;
    }

    /** Opens the socket and waits for nothing. */
    public WebSocketClient open(String path, @Nullable Long cursor) {
        journal.startAt(cursor);
        WebSocket.Builder builder = Http.CLIENT.newWebSocketBuilder().connectTimeout(PATIENCE);
        target.headers().forEach(builder::header);
        try {
            socket = builder.buildAsync(target.ws(path), new Listener()).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(this + " was refused: " + e.getCause(), e);
        }
        return this;
    }

    /** The hub's name for this connection, once it has said welcome. */
    public String id() {
        return id;
    }

    /** The next thing the hub says that is no publication, gap or ping; it must be of that type. */
    public JsonObject answer(String type) {
        JsonObject answer = nextAnswer(PATIENCE);
        if (!answer.isType(type)) {
            throw new IllegalStateException(this + ": " + type + " expected, but it says " + answer);
        }
        return answer;
    }

    public JsonObject nextAnswer(Duration patience) {
        try {
            JsonObject answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                throw new IllegalStateException(this + " says nothing for " + patience
                        + (closed.isDone() ? "; it was closed: " + closed.join() : ""));
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has been said and not been asked for yet. */
    public List<JsonObject> answersSoFar() {
        return List.copyOf(answers);
    }

    /** Sends one text frame; returns when it is on its way. */
    public void send(String text) {
        synchronized (sending) {
            socket.sendText(text, true).join();
        }
    }

    public void sendBinary(byte[] data) {
        synchronized (sending) {
            socket.sendBinary(ByteBuffer.wrap(data), true).join();
        }
    }

    /** Its id at the hub, from the welcome. */
    public String connectionId() {
        return id;
    }

    /** Completed when the hub has ended it. */
    public CompletableFuture<Close> ended() {
        return closed;
    }

    /** Waits until the hub has ended it. */
    public Close awaitClose(Duration patience) {
        try {
            return closed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(this + " is not closed after " + patience, e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Received> received() {
        return journal.received();
    }

    @Override
    public List<Long> times() {
        return journal.times();
    }

    @Override
    public List<GapNotice> gaps() {
        return journal.gaps();
    }

    @Override
    public long cursor() {
        return journal.cursor();
    }

    @Override
    public boolean open() {
        return socket != null && !closed.isDone();
    }

    @Override
    public void close() {
        if (open()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(e -> socket);
        }
    }

    @Override
    public String toString() {
        return target.server() + " WebSocket " + id + (closed.isDone() ? ", closed by " + closed.join() : "");
    }

    private void take(String text) {
        if (text.startsWith("[")) {
            JsonObject.elements(text).forEach(this::takeOne);
        } else {
            takeOne(text);
        }
    }

    private void takeOne(String text) {
        JsonObject json = JsonObject.parse(text);
        if (json.isType("message")) {
            journal.add(new Received(json.text("channel"), json.number("id"), json.text("event"), json.raw("data")));
        } else if (json.isType("gap")) {
            journal.add(
                    GapNotice.of(json), channels.size() == 1 && !channels.get(0).contains("*"));
        } else if (json.isType("ping")) {
            // Not from within the callback: one send at a time, and it may have to wait.
            var unused = CompletableFuture.runAsync(() -> send("{\"type\":\"pong\"}"));
        } else {
            if (json.isType("chat") && json.has("id")) {
                journal.moveTo(json.number("id"));
            }
            answers.add(json);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                String text = parts.toString();
                parts.setLength(0);
                take(text);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(new Close(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(new Close(1006, error.toString()));
        }
    }
}
