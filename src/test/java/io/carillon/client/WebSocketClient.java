package io.carillon.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code v1/ws}. Answers the hub's pings.
 *
 * <p>Not on the JDK's WebSocket (17 and 25), which loses its place in the stream, one connection in some hundreds, when
 * more than 16 KB come right behind the answer to the handshake, as they do for an old cursor. See CONTRIBUTING.md.
 */
public final class WebSocketClient implements Subscriber {

    /** How the hub ended it. */
    public record Close(int code, String reason) {}

    /** The server's answer to the handshake was no, with this status. */
    public static final class Refused extends IllegalStateException {
        private final int status;

        Refused(String message, int status) {
            super(message);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern STATUS = Pattern.compile("Invalid status code received: (\\d{3}) ");

    private final Target target;
    private final Journal journal = new Journal();
    private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Close> closed = new CompletableFuture<>();
    private List<String> channels = List.of();
    private volatile String id = "not connected";
    private @Nullable Socket socket;

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
        Socket opening = new Socket(target.ws(path), target.headers());
        socket = opening;
        try {
            opening.connectBlocking(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!opening.opened) { // one that was opened may have been closed by now
                throw refused();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    private IllegalStateException refused() {
        Close close = closed.getNow(new Close(1006, "no answer for " + PATIENCE));
        Matcher status = STATUS.matcher(close.reason());
        String message = target.server() + " WebSocket was refused: " + close;
        return status.find()
                ? new Refused(message, Integer.parseInt(status.group(1)))
                : new IllegalStateException(message);
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

    /** Sends one text frame; it is on its way when this returns, behind all before. */
    public void send(String text) {
        socket.send(text);
    }

    public void sendBinary(byte[] data) {
        socket.send(data);
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
            socket.close();
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
            send("{\"type\":\"pong\"}");
        } else {
            if (json.isType("chat") && json.has("id")) {
                journal.moveTo(json.number("id"));
            }
            answers.add(json);
        }
    }

    /** Calls back on one thread of its own. */
    private final class Socket extends org.java_websocket.client.WebSocketClient {
        private volatile boolean opened;

        Socket(URI uri, Map<String, String> headers) {
            super(uri, headers);
            if (uri.getScheme().equals("wss")) {
                setSocketFactory(Tls.CONTEXT.getSocketFactory());
            }
            setDaemon(true);
            setTcpNoDelay(true);
            setConnectionLostTimeout(0); // no pings of its own
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            opened = true;
        }

        @Override
        public void onMessage(String text) {
            take(text);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            closed.complete(new Close(code, reason));
        }

        @Override
        public void onError(Exception error) {
            closed.complete(new Close(1006, error.toString()));
        }
    }
}
