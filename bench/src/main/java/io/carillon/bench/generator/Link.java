package io.carillon.bench.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One socket to the server. What it sends at once is sent at once; what the kernel does not take follows when it does. */
abstract class Link {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Loop loop;
    private SocketChannel socket;
    private SelectionKey key;
    private ByteBuffer unsent = NOTHING;

    Link(Loop loop) {
        this.loop = loop;
        try {
            socket = SocketChannel.open();
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = socket.register(loop.selector(), 0, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connection is there. */
    abstract void connected();

    /** Something has come. */
    abstract void received(byte[] in, int from, int to);

    /** The connection has ended, and not by {@link #close}. */
    abstract void ended(String why);

    Loop loop() {
        return loop;
    }

    /** Begins to connect. */
    void connect(InetSocketAddress from, InetSocketAddress to) {
        try {
            if (from.getPort() == 0 && !from.getAddress().isAnyLocalAddress()) {
                socket.bind(from);
            }
            if (socket.connect(to)) {
                key.interestOps(SelectionKey.OP_READ);
                connected();
            } else {
                key.interestOps(SelectionKey.OP_CONNECT);
            }
        } catch (IOException e) {
            end("connect: " + e.getMessage());
        }
    }

    void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        send(bytes, bytes.length);
    }

    void send(byte[] bytes, int length) {
        if (!socket.isOpen()) {
            return;
        }
        if (unsent.hasRemaining() || length > loop.outgoing.capacity()) {
            keep(ByteBuffer.wrap(bytes, 0, length));
            return;
        }
        loop.outgoing.clear().put(bytes, 0, length).flip();
        try {
            socket.write(loop.outgoing);
        } catch (IOException e) {
            end("send: " + e.getMessage());
            return;
        }
        if (loop.outgoing.hasRemaining()) {
            keep(loop.outgoing);
        }
    }

    private void keep(ByteBuffer more) {
        ByteBuffer both = ByteBuffer.allocate(unsent.remaining() + more.remaining());
        unsent = both.put(unsent).put(more).flip();
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    final void ready(SelectionKey ready) {
        try {
            if (ready.isConnectable()) {
                socket.finishConnect();
                ready.interestOps(SelectionKey.OP_READ);
                connected();
                return;
            }
            if (ready.isWritable()) {
                socket.write(unsent);
                if (!unsent.hasRemaining()) {
                    unsent = NOTHING;
                    ready.interestOps(SelectionKey.OP_READ);
                }
            }
            if (ready.isReadable()) {
                read();
            }
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private void read() throws IOException {
        ByteBuffer buffer = loop.incoming.clear();
        int count = socket.read(buffer);
        if (count < 0) {
            end("closed by the server");
        } else if (count > 0) {
            loop.read();
            buffer.flip().get(loop.bytes, 0, count);
            received(loop.bytes, 0, count);
        }
    }

    private void end(String why) {
        close();
        ended(why);
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
