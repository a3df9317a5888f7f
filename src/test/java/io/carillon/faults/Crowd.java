package io.carillon.faults;

import io.carillon.client.Channels;
import io.carillon.client.Target;
import io.carillon.client.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers that come back by themselves, thousands of them on one thread. Each goes on with its cursor after whatever
 * ends its connection, as a good client library does.
 */
final class Crowd implements AutoCloseable {

    /**
     * How the members behave.
     *
     * @param connecting handshakes at one time
     * @param back about how long to wait after a break before coming back; half to one and a half of it
     * @param obedient waits as long as the hub asks for, where it does
     * @param silence without a sign of life after which a member gives its connection up
     */
    record Manners(int connecting, Duration back, boolean obedient, Duration silence) {
        static final Manners EAGER = new Manners(50, Duration.ofMillis(50), false, Duration.ofSeconds(15));
        static final Manners POLITE = new Manners(200, Duration.ofSeconds(1), true, Duration.ofSeconds(60));
    }

    private static final Duration REFUSED = Duration.ofMillis(150);

    private record Waiting(long until, Member member) {}

    private final Target target;
    private final Manners manners;
    private final @Nullable Latencies latencies;
    private final Random random = new Random(7);
    private final List<Member> members = new ArrayList<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>((a, b) -> Long.signum(a.until - b.until));
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "crowd");
    private int connecting;
    private long nextSweep;
    private volatile boolean closed;
    private volatile @Nullable Throwable broken;

    Crowd(Target target, Manners manners, @Nullable Latencies latencies) {
        this.target = target;
        this.manners = manners;
        this.latencies = latencies;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Before the start: some more of them, on one transport, that begin after a cursor. */
    Crowd with(int count, Wire wire, List<String> channels, long since) {
        for (int i = 0; i < count; i++) {
            String name = wire + " " + members.size() + " on " + String.join(",", channels);
            members.add(
                    switch (wire) {
                        case WEBSOCKET -> new WebSocketMember(name, target, channels, since, latencies);
                        case SSE -> new SseMember(name, target, channels, since, latencies);
                        case POLL -> new PollMember(name, target, channels, since, latencies);
                    });
        }
        return this;
    }

    Crowd start() {
        members.forEach(member -> waiting.add(new Waiting(System.nanoTime(), member)));
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    // ---- for the test ----

    List<Member> members() {
        return members;
    }

    List<Trail> trails() {
        return members.stream().map(member -> member.trail).toList();
    }

    int standing() {
        return (int) members.stream().filter(member -> member.stands).count();
    }

    int breaks() {
        return members.stream().mapToInt(member -> member.trail.breaks()).sum();
    }

    int byes() {
        return members.stream().mapToInt(Member::byes).sum();
    }

    /** Those that have not yet come to the newest id of their channels. */
    List<Member> behind(Map<String, Long> newest) {
        failIfBroken();
        return members.stream()
                .filter(member -> member.channels.stream().anyMatch(c -> member.cursor < newest.getOrDefault(c, 0L)))
                .toList();
    }

    void failIfBroken() {
        if (broken != null) {
            throw new IllegalStateException("the crowd itself has failed", broken);
        }
    }

    /** Cuts the connections of all of these at once, each with a reset. They come back as they do. */
    void cut(Predicate<Member> which) {
        orders.add(() -> {
            for (SelectionKey key : List.copyOf(selector.keys())) {
                if (key.isValid() && key.attachment() instanceof Member member && which.test(member)) {
                    try {
                        ((SocketChannel) key.channel()).setOption(StandardSocketOptions.SO_LINGER, 0);
                    } catch (IOException e) {
                        // Already closed by the hub.
                    }
                    lost(key, "cut");
                }
            }
        });
        selector.wakeup();
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

    // ---- the crowd's thread ----

    private void run() {
        try {
            while (!closed) {
                for (Runnable order; (order = orders.poll()) != null; ) {
                    order.run();
                }
                long now = System.nanoTime();
                while (connecting < manners.connecting && !waiting.isEmpty() && waiting.peek().until - now <= 0) {
                    connect(waiting.remove().member);
                }
                selector.select(10);
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid()) {
                        serve(key, (Member) key.attachment());
                    }
                }
                selector.selectedKeys().clear();
                giveUpTheSilent();
            }
        } catch (IOException | RuntimeException | Error e) {
            broken = e;
        } finally {
            selector.keys().forEach(key -> Channels.shut(key, false));
        }
    }

    private void connect(Member member) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, member);
        connecting++;
        member.connecting = true;
        member.lastRead = System.nanoTime();
        try {
            if (channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()))) {
                connected(key, member);
            }
        } catch (IOException e) {
            lost(key, e.toString());
        }
    }

    private void connected(SelectionKey key, Member member) {
        connecting--;
        member.connecting = false;
        key.interestOps(SelectionKey.OP_READ);
        member.connected(bytes -> Channels.write((SocketChannel) key.channel(), bytes));
    }

    private void serve(SelectionKey key, Member member) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                connected(key, member);
                return;
            }
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("closed by the server");
            }
            member.lastRead = System.nanoTime();
            member.read(buffer.flip(), bytes -> Channels.write(channel, bytes));
        } catch (IOException | Member.EndedException e) {
            lost(key, e.getMessage());
        }
    }

    private void lost(SelectionKey key, String why) {
        Member member = (Member) key.attachment();
        boolean stood = member.stands;
        if (member.connecting) {
            member.connecting = false;
            connecting--;
        }
        Channels.shut(key, false);
        member.disconnected(why);
        waiting.add(new Waiting(System.nanoTime() + pause(member, stood).toNanos(), member));
    }

    private Duration pause(Member member, boolean stood) {
        boolean told = manners.obedient && member.retryMillis >= 0;
        Duration about = !stood ? REFUSED : told ? Duration.ofMillis(member.retryMillis) : manners.back;
        return Duration.ofNanos((long) (about.toNanos() * (0.5 + random.nextDouble())));
    }

    private void giveUpTheSilent() {
        long now = System.nanoTime();
        if (now - nextSweep < 0) {
            return;
        }
        nextSweep = now + 500_000_000L;
        long limit = manners.silence.toNanos();
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.isValid() && now - ((Member) key.attachment()).lastRead > limit) {
                lost(key, "silent for more than " + manners.silence);
            }
        }
    }
}
