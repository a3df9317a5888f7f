package io.carillon.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client of {@code v1/events} on a bare socket: sees the comments and the retry, which libraries hide. */
public final class SseClient implements Subscriber {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_SECONDS = 15;

    private final Target target;
    private final Journal journal = new Journal();
    private final CompletableFuture<Map<String, String>> head = new CompletableFuture<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Long> ended = new CompletableFuture<>();
    private final CompletableFuture<JsonObject> bye = new CompletableFuture<>();
    private final AtomicInteger comments = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private List<String> channels = List.of();
    private volatile long retry = -1;
    private volatile int status;
    private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();
    private @Nullable Socket socket;

    public SseClient(Target target) {
        this.target = target;
    }

    @Override
    public SseClient connect(List<String> channels, @Nullable Long cursor) {
        this.channels = channels;
        journal.startAt(cursor);
        return open(Requests.events(target, channels, cursor));
    }

    /** With a path of one's own, for instance {@code v1/events?channel=a&envelope=1}. */
    public SseClient open(String path, List<String> channels) {
        this.channels = channels;
        return open(Requests.get(target, path, "Accept: text/event-stream\r\n"));
    }

    private SseClient open(byte[] request) {
        try {
            Socket opening = Tls.socket(target);
            socket = opening;
            opening.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()), CONNECT_MILLIS);
            opening.getOutputStream().write(request);
            Thread reader = new Thread(() -> read(opening), "sse client");
            reader.setDaemon(true);
            reader.start();
            begun.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (Exception e) {
            close();
            throw new IllegalStateException(this + " did not begin; status " + status + " " + refusal, e);
        }
    }

    private void read(Socket from) {
        SseDecoder events = new SseDecoder(new Events());
        HttpDecoder http = new HttpDecoder(new HttpDecoder.Sink() {
            @Override
            public void head(int code, Map<String, String> headers) {
                status = code;
                head.complete(headers);
            }

            @Override
            public void body(ByteBuffer piece) {
                if (status == 200) {
                    events.feed(piece);
                } else {
                    refusal.writeBytes(
                            StandardCharsets.UTF_8.decode(piece).toString().getBytes(StandardCharsets.UTF_8));
                }
            }

            @Override
            public void end() {
                ended.complete(System.nanoTime());
            }
        });
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = from.getInputStream()) {
            for (int n; !ended.isDone() && (n = in.read(buffer)) >= 0; ) {
                http.feed(ByteBuffer.wrap(buffer, 0, n));
            }
        } catch (IOException e) {
            // Closed by either side; the test sees it in open().
        } catch (RuntimeException e) {
            begun.completeExceptionally(e);
        }
        ended.complete(System.nanoTime());
        begun.completeExceptionally(new IllegalStateException("it has ended"));
    }

    private final class Events implements SseDecoder.Sink {
        @Override
        public void event(String id, String event, String data) {
            if (event.equals("bye")) {
                bye.complete(JsonObject.parse(data));
            } else if (event.equals("gap")) {
                journal.add(GapNotice.of(JsonObject.parse(data)), oneChannel());
            } else if (oneChannel()) {
                journal.add(new Received(channels.get(0), Long.parseLong(id), event, data));
            } else {
                JsonObject json = JsonObject.parse(data);
                if (json.number("id") != Long.parseLong(id)) {
                    throw new IllegalStateException("id: " + id + " over " + data);
                }
                journal.add(new Received(json.text("channel"), json.number("id"), event, json.raw("data")));
            }
        }

        @Override
        public void comment(String text) {
            comments.incrementAndGet();
            begun.complete(null);
        }

        @Override
        public void retry(long millis) {
            retry = millis;
            retries.incrementAndGet();
        }
    }

    private boolean oneChannel() {
        return channels.size() == 1 && !channels.get(0).contains("*");
    }

    /** Response headers, names in lower case. */
    public Map<String, String> headers() {
        return head.join();
    }

    public int status() {
        return status;
    }

    /** Comment lines so far, the first included. */
    public int comments() {
        return comments.get();
    }

    /** The last {@code retry:} in milliseconds; -1 when there was none. */
    public long retry() {
        return retry;
    }

    /** How many {@code retry:} there were. */
    public int retries() {
        return retries.get();
    }

    /** Completed with {@code System.nanoTime()} when the stream is over. */
    public CompletableFuture<Long> ended() {
        return ended;
    }

    /** Why the hub ends it, in its own words; completed when it has said so. */
    public CompletableFuture<JsonObject> bye() {
        return bye;
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
        return socket != null && !ended.isDone();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return target.server() + " SSE " + channels + (socket == null ? "" : " from port " + socket.getLocalPort());
    }
}
