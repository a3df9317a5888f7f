package io.carillon.contract;

import io.carillon.client.HttpDecoder;
import io.carillon.client.Requests;
import io.carillon.client.Target;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** What it takes to be a nuisance: many requests on many sockets, and headers that never end. */
final class Attackers {
    private Attackers() {}

    /**
     * Sends one request after the other, on several sockets at a time.
     *
     * @param keep true where each socket is used again, as long as the server lets it
     * @param request the headers of the request of that number, each line with its end
     * @return the statuses
     */
    static List<Integer> requests(Target target, int sockets, int each, boolean keep, IntFunction<String> request) {
        ExecutorService threads = Executors.newFixedThreadPool(sockets);
        try {
            List<CompletableFuture<List<Integer>>> all = new ArrayList<>();
            for (int socket = 0; socket < sockets; socket++) {
                int first = socket * each;
                all.add(CompletableFuture.supplyAsync(
                        () -> oneAfterTheOther(target, first, each, keep, request), threads));
            }
            return all.stream().flatMap(one -> one.join().stream()).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Integer> oneAfterTheOther(
            Target target, int first, int count, boolean keep, IntFunction<String> request) {
        List<Integer> statuses = new ArrayList<>();
        Line line = null;
        try {
            for (int i = 0; i < count; i++) {
                if (line == null || !keep || line.over) {
                    if (line != null) {
                        line.socket.close();
                    }
                    line = new Line(target);
                }
                statuses.add(line.ask(request.apply(first + i)));
            }
            if (line != null) {
                line.socket.close();
            }
            return statuses;
        } catch (IOException e) {
            throw new IllegalStateException(target.server() + " after " + statuses.size() + " answers", e);
        }
    }

    /** One socket, one request at a time. */
    private static final class Line implements HttpDecoder.Sink {
        final Socket socket;
        private final HttpDecoder decoder = new HttpDecoder(this);
        private final byte[] buffer = new byte[8192];
        private final String host;
        private final String path;
        private boolean complete;
        boolean over;
        private int status;

        Line(Target target) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), target.port());
            socket.setSoTimeout(20_000);
            host = "127.0.0.1:" + target.port();
            path = target.root().getPath();
        }

        int ask(String headers) throws IOException {
            complete = false;
            socket.getOutputStream()
                    .write(("GET " + path + "v1/ws HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (!complete) {
                int n = socket.getInputStream().read(buffer);
                if (n < 0) {
                    over = true;
                    return status;
                }
                decoder.feed(ByteBuffer.wrap(buffer, 0, n));
            }
            return status;
        }

        @Override
        public void head(int code, Map<String, String> headers) {
            status = code;
            over |= "close".equalsIgnoreCase(headers.get("connection"));
        }

        @Override
        public void body(ByteBuffer piece) {
            piece.position(piece.limit());
        }

        @Override
        public void end() {
            complete = true;
        }
    }

    /**
     * Opens sockets that send a byte of a header now and then, and never the last one.
     *
     * @return how many the server has cut off when the time is over
     */
    static int slowHeaders(Target target, int sockets, Duration pause, Duration patience) {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < sockets; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.port());
                socket.setSoTimeout(1);
                socket.getOutputStream()
                        .write(("GET " + target.root().getPath() + "v1/ws HTTP/1.1\r\nX: ")
                                .getBytes(StandardCharsets.US_ASCII));
                open.add(socket);
            }
            long deadline = System.nanoTime() + patience.toNanos();
            int[] cut = {0};
            while (System.nanoTime() - deadline < 0 && cut[0] < sockets) {
                long next = System.nanoTime() + pause.toNanos();
                cut[0] = 0;
                for (Socket socket : open) {
                    cut[0] += hangsUp(socket) ? 1 : 0;
                }
                Expect.until(pause.plusSeconds(1), () -> System.nanoTime() - next >= 0);
            }
            return cut[0];
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            open.forEach(Attackers::close);
        }
    }

    /**
     * Opens event streams, and sends behind their requests as fast as they take it.
     *
     * @return the streams that were not ended for it
     */
    static int floodedStreams(Target target, int streams, Duration time) {
        List<SocketChannel> open = new ArrayList<>();
        try {
            for (int i = 0; i < streams; i++) {
                SocketChannel stream =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
                open.add(stream);
                stream.write(ByteBuffer.wrap(Requests.events(target, List.of("a"), null)));
                stream.read(ByteBuffer.allocate(1)); // the answer has begun
                stream.configureBlocking(false);
            }
            ByteBuffer junk = ByteBuffer.allocate(64 << 10);
            Set<SocketChannel> ended = new HashSet<>();
            long deadline = System.nanoTime() + time.toNanos();
            while (System.nanoTime() - deadline < 0) {
                for (SocketChannel stream : open) {
                    try {
                        stream.write(junk.clear());
                    } catch (IOException e) {
                        ended.add(stream);
                    }
                }
            }
            return streams - ended.size();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            open.forEach(Attackers::close);
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean hangsUp(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            byte[] answer = new byte[512];
            while (socket.getInputStream().read(answer) >= 0) {
                // It may say 408 or 400 first.
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
