package io.carillon.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of HTTP/1.1 that sends what it is told to, byte for byte, on one connection, of which it takes little at a time. */
public final class RawHttp implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final Socket socket = new Socket();

    public RawHttp(InetSocketAddress address) {
        try {
            socket.setReceiveBufferSize(2048);
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            socket.connect(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void send(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer, head and body; empty if the connection has ended. */
    public String answer() {
        try {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    return head.toString();
                }
                head.append((char) c);
            }
            Matcher length = LENGTH.matcher(head);
            byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            return head + new String(body, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its own. */
    public int port() {
        return socket.getLocalPort();
    }

    public String ask(String bytes) {
        send(bytes);
        return answer();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
