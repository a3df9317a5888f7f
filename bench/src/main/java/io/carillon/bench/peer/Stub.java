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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A server that can nothing but write: what is published waits for more, a millisecond at most, and goes to each client in one write. It is there
 * to find the limit of the generator, and what a write takes from Java at least. One channel for all; what a socket does not take at
 * once is lost, and told.
 */
public final class Stub {
    private static final byte[] ANSWER = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final String ACCEPT =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
    private static final byte[] STREAM = ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n:\n\n");

    /** Publications that go out together. */
    private static final int ENOUGH = 24;

    private final Selector selector = Selector.open();
    private final Crowd streams = new Crowd();
    private final Crowd sockets = new Crowd();
    private int waiting;

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
                streams.members.remove(key.channel());
                sockets.members.remove(key.channel());
                key.channel().close();
            }
        }
        selector.selectedKeys().clear();
        if (waiting >= ENOUGH || idle) {
            streams.send();
            sockets.send();
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

    /** RFC 6455, 4.2.2. */
    private static byte[] handshake(String request) {
        int key = request.indexOf("Sec-WebSocket-Key: ") + 19;
        String accept = request.substring(key, request.indexOf('\r', key)) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(ascii(accept));
            return ascii(ACCEPT + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who listens in one way, and what is to be written to each. */
    private static final class Crowd {
        final List<SocketChannel> members = new ArrayList<>();
        final ByteBuffer out = ByteBuffer.allocateDirect(1 << 20);

        void send() {
            out.flip();
            for (SocketChannel member : members) {
                write(member, out.duplicate());
            }
            out.clear();
        }
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
                in.position(head);
                if (text.startsWith("GET /sse/")) {
                    write(socket, ByteBuffer.wrap(STREAM));
                    streams.members.add(socket);
                } else if (text.startsWith("GET /ws/")) {
                    write(socket, ByteBuffer.wrap(handshake(text)));
                    sockets.members.add(socket);
                } else {
                    write(socket, ByteBuffer.wrap(ANSWER));
                }
                return true;
            }
            int length = Integer.parseInt(text.substring(field + 16, text.indexOf('\r', field)));
            if (in.limit() < head + length) {
                return false;
            }
            streams.out.put(ascii("data: ")).put(in.array(), head, length).put(ascii("\n\n"));
            sockets.out
                    .put((byte) 0x81)
                    .put((byte) 126)
                    .putShort((short) length)
                    .put(in.array(), head, length);
            waiting++;
            write(socket, ByteBuffer.wrap(ANSWER));
            in.position(head + length);
            return true;
        }
    }
}
