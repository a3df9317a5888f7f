package io.carillon.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A crowd of subscribers on one transport, all on one thread, with an exact account of the ids that each connection got.
 * It reads as fast as that thread can, so a crowd is a healthy client only while the thread keeps up.
 */
public final class MassClient implements AutoCloseable {
    /** Handshakes at one time: more than a server's accept queue would be answered a second later. */
    private static final int CONNECTING = 50;

    private static final int STAND_SECONDS = 120;

    private final Target target;
    private final Wire wire;
    private final int count;
    private final List<Line> lines = new ArrayList<>();
    private final ConcurrentLinkedQueue<Line> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connecting = new AtomicInteger();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final CountDownLatch allStand;
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean vanishing;
    private volatile @Nullable Throwable broken;

    public MassClient(Target target, Wire wire, int count) {
        this.target = target;
        this.wire = wire;
        this.count = count;
        this.allStand = new CountDownLatch(count);
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        this.thread = new Thread(this::run, "crowd of " + count + " on " + wire);
        thread.setDaemon(true);
    }

    /** Opens all of them; returns once the hub has answered each. */
    public MassClient connect(List<String> channels, @Nullable Long cursor) {
        for (int i = 0; i < count; i++) {
            Line line = Line.of(wire, target, channels, cursor, allStand);
            lines.add(line);
            waiting.add(line);
        }
        thread.start();
        try {
            if (!allStand.await(STAND_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        this + ": " + allStand.getCount() + " did not get an answer; " + ends());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    private void run() {
        try {
            while (!closed) {
                while (connecting.get() < CONNECTING && !waiting.isEmpty()) {
                    begin(waiting.remove());
                }
                selector.select(1_000);
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | RuntimeException | Error e) {
            broken = e;
        } finally {
            boolean reset = false;
            for (SelectionKey key : selector.keys()) {
                reset = vanishing && !reset;
                Channels.shut(key, reset);
            }
        }
    }

    private void begin(Line line) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
        channel.register(selector, SelectionKey.OP_CONNECT, line);
        connecting.incrementAndGet();
    }

    private void serve(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Line line = (Line) key.attachment();
        Line.Out out = bytes -> Channels.write(channel, bytes);
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                connecting.decrementAndGet();
                key.interestOps(SelectionKey.OP_READ);
                line.connected(out);
            } else if (key.isReadable()) {
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    throw new IOException("closed by the server");
                }
                line.read(buffer.flip(), out);
            }
        } catch (IOException e) {
            line.ended(e.toString());
            Channels.shut(key, false);
        }
    }

    /** The newest id of the connection that is furthest behind; 0 when one has nothing. */
    public long slowest() {
        long slowest = Long.MAX_VALUE;
        for (Line line : lines) {
            slowest = Math.min(slowest, line.ids.last());
        }
        return slowest;
    }

    /** Everything received by all connections. */
    public long deliveries() {
        long sum = 0;
        for (Line line : lines) {
            sum += line.ids.size();
        }
        return sum;
    }

    /** Connections that are over. */
    public int ended() {
        int n = 0;
        for (Line line : lines) {
            n += line.end == null ? 0 : 1;
        }
        return n;
    }

    /** Held against what each should have got, one line for each connection that is not exact; empty is good. */
    public List<String> problems(List<Long> expected) {
        List<String> problems = new ArrayList<>();
        if (broken != null) {
            problems.add(this + " broke: " + broken);
        }
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            List<Long> got = new ArrayList<>();
            for (long id : line.ids.toArray()) {
                got.add(id);
            }
            Verdict verdict = Verdict.of(expected, got);
            if (!verdict.exact() || line.gaps.get() > 0 || line.end != null) {
                problems.add(this + " connection " + i + ": " + verdict + ", gaps " + line.gaps
                        + (line.end == null ? "" : ", ended: " + line.end));
            }
        }
        return problems;
    }

    /** Why connections are over that should not be, whatever they have received; empty is good. */
    public String ends() {
        List<String> ends = new ArrayList<>(lines.stream()
                .map(l -> l.end)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        if (broken != null) {
            ends.add("it broke: " + broken);
        }
        return ends.toString();
    }

    /** All connections are closed without a word, every second one with a reset. */
    public void vanish() {
        vanishing = true;
        close();
    }

    /** All connections are closed without a word. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(10_000);
            selector.close();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return target.server() + " " + wire + " crowd of " + count;
    }
}
