package io.carillon.faults;

import io.carillon.client.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A bad network between clients and a hub: a TCP proxy that does one thing wrong. Two threads for each connection, so for
 * dozens of them.
 */
final class FaultyProxy implements AutoCloseable {

    /** What is wrong. All but the first two are done to what the hub sends; requests pass. */
    enum Fault {
        /** Nothing. */
        NONE,
        /** Everything arrives 200 ms later, in both directions. */
        LATENCY,
        /** One byte at a time, about a thousand a second. */
        TRICKLE,
        /** After some bytes nothing moves any more, and the hub's connection stays open even when the client gives up. */
        BLACK_HOLE,
        /** After some bytes the client loses its connection; the hub's stays open and is not read. */
        HALF_OPEN,
        /** After some bytes, mostly within a frame, both sides get a reset. */
        RESET
    }

    private static final long LATENCY_NANOS = 200_000_000;
    private static final long BYTE_NANOS = 1_000_000;
    private static final int RECEIVE_BUFFER = 4 * 1024;
    private static final int FEWEST_BYTES = 300;
    private static final int MORE_BYTES = 6_000;

    private final Target target;
    private final Fault fault;
    private final ServerSocket listener;
    private final Random random = new Random(11);
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final AtomicInteger struck = new AtomicInteger();
    private volatile boolean healed;
    private volatile boolean closed;

    FaultyProxy(Target target, Fault fault) {
        this.target = target;
        this.fault = fault;
        try {
            this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("proxy", this::accept);
    }

    /** The hub, seen through it. */
    Target target() {
        URI root = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
        return new Target(target.server() + " behind " + fault, root, target.headers());
    }

    /** How many connections it has spoiled. */
    int struck() {
        return struck.get();
    }

    /** From now on it only passes on. What still moves is cut; what is stuck stays so, for the hub to find out. */
    void heal() {
        healed = true;
        lines.forEach(Line::cutUnlessStuck);
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.forEach(Line::cut);
    }

    // ---- its threads ----

    private void accept() {
        while (!closed) {
            try {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                Socket hub = new Socket();
                hub.setReceiveBufferSize(RECEIVE_BUFFER);
                hub.setTcpNoDelay(true);
                hub.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
                Line line = new Line(client, hub, healed ? Fault.NONE : fault);
                lines.add(line);
                start("proxy up", line::up);
                start("proxy down", line::down);
            } catch (IOException e) {
                LockSupport.parkNanos(1_000_000); // the hub is not there, or this is closed
            }
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** One client's connection and its way on to the hub. */
    private final class Line {
        private final Socket client;
        private final Socket hub;
        private final Fault what;
        private long left = (long) FEWEST_BYTES + random.nextInt(MORE_BYTES);
        private volatile boolean stuck;

        Line(Socket client, Socket hub, Fault what) {
            this.client = client;
            this.hub = hub;
            this.what = what;
        }

        void up() {
            carry(client, hub, what == Fault.LATENCY ? Fault.LATENCY : Fault.NONE);
        }

        void down() {
            carry(hub, client, what);
        }

        private void carry(Socket from, Socket to, Fault fault) {
            byte[] buffer = new byte[4 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n; !stuck && (n = in.read(buffer)) >= 0; ) {
                    pass(buffer, n, out, fault);
                }
            } catch (IOException e) {
                // One side has gone, so the other goes, unless nobody is to learn of it.
                LockSupport.parkNanos(1);
            }
            if (!stuck) {
                cut();
            }
        }

        private void pass(byte[] buffer, int n, OutputStream out, Fault fault) throws IOException {
            switch (fault) {
                case NONE -> out.write(buffer, 0, n);
                case LATENCY -> {
                    LockSupport.parkNanos(LATENCY_NANOS);
                    out.write(buffer, 0, n);
                }
                case TRICKLE -> {
                    for (int i = 0; i < n; i++) {
                        out.write(buffer, i, 1);
                        LockSupport.parkNanos(BYTE_NANOS);
                    }
                }
                case BLACK_HOLE, HALF_OPEN, RESET -> {
                    out.write(buffer, 0, (int) Math.min(n, left));
                    left -= n;
                    if (left <= 0) {
                        strike(fault);
                    }
                }
            }
        }

        private void strike(Fault fault) {
            struck.incrementAndGet();
            stuck = fault != Fault.RESET;
            if (fault == Fault.HALF_OPEN) {
                reset(client);
            } else if (fault == Fault.RESET) {
                cut();
            }
        }

        void cutUnlessStuck() {
            if (!stuck) {
                cut();
            }
        }

        void cut() {
            lines.remove(this);
            reset(client);
            reset(hub);
        }
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // It was closed from the other side; that it is closed is all that counts.
        }
    }
}
