package io.carillon.client;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link MassClient}: only its selector's thread calls it, others look at the volatile fields. */
abstract class Line {

    /** How a line sends; called from the selector's thread. */
    interface Out {
        void write(ByteBuffer bytes);
    }

    final Ids ids = new Ids();
    final AtomicInteger gaps = new AtomicInteger();
    volatile @Nullable String end;
    private final CountDownLatch allStand;
    private boolean stands;

    Line(CountDownLatch allStand) {
        this.allStand = allStand;
    }

    static Line of(Wire wire, Target target, List<String> channels, @Nullable Long cursor, CountDownLatch allStand) {
        return switch (wire) {
            case WEBSOCKET -> new WebSocketLine(allStand, Requests.webSocket(target, channels, cursor));
            case SSE -> new SseLine(allStand, Requests.events(target, channels, cursor));
            case POLL -> new PollLine(allStand, target, channels, cursor);
        };
    }

    /** The TCP connection is there. */
    abstract void connected(Out out);

    abstract void read(ByteBuffer in, Out out);

    /** The hub has answered: what is published from now on must arrive. */
    void stands() {
        if (!stands) {
            stands = true;
            allStand.countDown();
        }
    }

    void ended(String why) {
        if (end == null) {
            end = why;
        }
    }

    private static final class WebSocketLine extends Line implements HttpDecoder.Sink, FrameDecoder.Sink {
        private final HttpDecoder http = new HttpDecoder(this);
        private final FrameDecoder frames = new FrameDecoder(this);
        private final byte[] request;
        private @Nullable Out out;

        WebSocketLine(CountDownLatch allStand, byte[] request) {
            super(allStand);
            this.request = request;
        }

        @Override
        void connected(Out to) {
            out = to;
            to.write(ByteBuffer.wrap(request));
        }

        @Override
        void read(ByteBuffer in, Out to) {
            http.feed(in);
            if (http.upgraded()) {
                frames.feed(in);
            }
        }

        @Override
        public void head(int status, Map<String, String> headers) {
            if (status != 101) {
                ended("handshake answered " + status);
            }
        }

        @Override
        public void body(ByteBuffer piece) {
            piece.position(piece.limit());
        }

        @Override
        public void end() {}

        @Override
        public void text(String message) {
            JsonObject json = JsonObject.parse(message);
            if (json.isType("message")) {
                ids.add(json.number("id"));
            } else if (json.isType("gap")) {
                gaps.incrementAndGet();
            } else if (json.isType("subscribed")) {
                stands();
            } else if (json.isType("ping") && out != null) {
                out.write(FrameEncoder.text("{\"type\":\"pong\"}"));
            } else if (json.isType("error") || json.isType("bye")) {
                ended(message);
            }
        }

        @Override
        public void ping(byte[] payload) {
            if (out != null) {
                out.write(FrameEncoder.frame(FrameEncoder.PONG, payload));
            }
        }

        @Override
        public void close(int code, String reason) {
            ended("close " + code + " " + reason);
        }
    }

    private static final class SseLine extends Line implements HttpDecoder.Sink, SseDecoder.Sink {
        private final HttpDecoder http = new HttpDecoder(this);
        private final SseDecoder events = new SseDecoder(this);
        private final byte[] request;

        SseLine(CountDownLatch allStand, byte[] request) {
            super(allStand);
            this.request = request;
        }

        @Override
        void connected(Out out) {
            out.write(ByteBuffer.wrap(request));
        }

        @Override
        void read(ByteBuffer in, Out out) {
            http.feed(in);
        }

        @Override
        public void head(int status, Map<String, String> headers) {
            if (status != 200) {
                ended("answered " + status);
            }
        }

        @Override
        public void body(ByteBuffer piece) {
            events.feed(piece);
        }

        @Override
        public void end() {
            ended("the stream ended");
        }

        @Override
        public void event(String id, String event, String data) {
            if (event.equals("gap")) {
                gaps.incrementAndGet();
            } else {
                ids.add(Long.parseLong(id));
            }
        }

        @Override
        public void comment(String text) {
            stands();
        }

        @Override
        public void retry(long millis) {}
    }
}
