package io.carillon.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** How much of what was sent waits to be read by the server, in bytes. Linux only: it reads {@code /proc}. */
    public long unread() {
        String server = String.format(Locale.ROOT, ":%04X", socket.getPort());
        String client = String.format(Locale.ROOT, ":%04X", socket.getLocalPort());
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(RawHttp::lines)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields[1].endsWith(server) && fields[2].endsWith(client))
                .mapToLong(fields -> Long.parseLong(fields[4].substring(fields[4].indexOf(':') + 1), 16))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server has no connection with " + client));
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
