package io.carillon.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that can nothing but write: what is published waits for more, a millisecond at most, and goes to each stream in one write. It is there
 * to find the limit of the generator, not of servers. One channel for all; what a socket does not take at once is lost, and told.
 */
public final class Stub {
    private static final byte[] ANSWER = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final byte[] STREAM = ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n:\n\n");

    /** Publications that go out together. */
    private static final int ENOUGH = 24;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> streams = new ArrayList<>();
    private int waiting;
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 20);

    private Stub() throws IOException {}

    /** Argument: the port on loopback. */
    public static void main(String[] arguments) throws IOException {
        ServerSocketChannel door = ServerSocketChannel.open();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 4096);
        door.configureBlocking(false);
        Stub stub = new Stub();
        door.register(stub.selector, SelectionKey.OP_ACCEPT);
        while (true) {
            stub.turn();
        }
    }

    private void turn() throws IOException {
        boolean idle = selector.select(waiting == 0 ? 0 : 1) == 0;
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isAcceptable()) {
                accept(((ServerSocketChannel) key.channel()).accept());
            } else if (!((Client) key.attachment()).read()) {
                streams.remove(key.channel());
                key.channel().close();
            }
        }
        selector.selectedKeys().clear();
        if (waiting >= ENOUGH || idle) {
            out.flip();
            for (SocketChannel stream : streams) {
                write(stream, out.duplicate());
            }
            out.clear();
            waiting = 0;
        }
    }

    private void accept(SocketChannel socket) throws IOException {
        if (socket != null) {
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_READ, new Client(socket));
        }
    }

    private static void write(SocketChannel to, ByteBuffer bytes) {
        try {
            to.write(bytes);
            if (bytes.hasRemaining()) {
                System.err.println("a socket is full");
            }
        } catch (IOException e) {
            System.err.println(e); // its end is read, too
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One connection; its requests follow each other, and each has a body of a stated length or none. */
    private final class Client {
        private final SocketChannel socket;
        private final ByteBuffer in = ByteBuffer.allocate(128 << 10);

        Client(SocketChannel socket) {
            this.socket = socket;
        }

        boolean read() {
            try {
                if (socket.read(in) < 0) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
            in.flip();
            while (request()) {
                in.compact().flip();
            }
            in.compact();
            return true;
        }

        /** Whether there was a whole one. */
        private boolean request() {
            String text = new String(in.array(), 0, in.limit(), StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n") + 4;
            if (head < 4) {
                return false;
            }
            int field = text.indexOf("Content-Length: ");
            if (field < 0 || field > head) {
                boolean stream = text.startsWith("GET /sse/");
                write(socket, ByteBuffer.wrap(stream ? STREAM : ANSWER));
                if (stream) {
                    streams.add(socket);
                }
                in.position(head);
                return true;
            }
            int length = Integer.parseInt(text.substring(field + 16, text.indexOf('\r', field)));
            if (in.limit() < head + length) {
                return false;
            }
            out.put(ascii("data: ")).put(in.array(), head, length).put(ascii("\n\n"));
            waiting++;
            write(socket, ByteBuffer.wrap(ANSWER));
            in.position(head + length);
            return true;
        }
    }
}
