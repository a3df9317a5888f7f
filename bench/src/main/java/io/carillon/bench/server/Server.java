package io.carillon.bench.server;

import io.carillon.bench.generator.Cpu;
import io.carillon.bench.generator.Target;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running server: the process of its script and all that this has started. It may use both processors until it is pinned to one;
 * the generator, which is this process, then has the other.
 */
public final class Server implements AutoCloseable {
    private static final Path PLACE = Path.of("target", "bench", "run");
    private static final String ITS_OWN = "0";
    private static final String GENERATORS = "1";
    private static final String BOTH = "0,1";
    private static final long STARTS_WITHIN = TimeUnit.MINUTES.toNanos(3);
    private static final long LETS_GO_WITHIN = TimeUnit.SECONDS.toNanos(40);
    private static final long SPARE = 100;

    private final Peer peer;
    private final Process process;
    private final Path log;
    private final int port;
    private long filesAtStart;

    private Server(Peer peer, Process process, Path log, int port) {
        this.peer = peer;
        this.process = process;
        this.log = log;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // if this one is interrupted
    }

    /**
     * Starts one on a free port of loopback and waits until it answers.
     *
     * @param jvm options of its JVM, if it has one
     * @param properties system properties of a hub, by name
     * @throws IllegalStateException it has ended by itself, or does not answer; says where its output is
     */
    public static Server start(Peer peer, String jvm, Map<String, String> properties) {
        int port = freePort();
        Path home = PLACE.resolve(peer.id());
        Path log = PLACE.resolve(peer.id() + ".log");
        List<String> command = new ArrayList<>(
                List.of("taskset", "-c", BOTH, peer.script().toString(), "" + port, home.toString()));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        try {
            Files.createDirectories(home);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(log.toFile());
            builder.environment().put("SERVER_JVM", jvm);
            Server server = new Server(peer, builder.start(), log, port);
            server.awaitUp();
            server.filesAtStart = server.files();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One after the port of which the next is free too, for servers that want two. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return 20_000 + socket.getLocalPort() % 6_000 * 2;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitUp() {
        long end = System.nanoTime() + STARTS_WITHIN;
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException(peer + " does not answer; its output is in " + log);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            String path = peer.isHub() ? "/health/ready" : "/";
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return head.length > 0 && (!peer.isHub() || new String(head, StandardCharsets.US_ASCII).endsWith("200"));
        } catch (IOException e) {
            return false;
        }
    }

    public Target target() {
        return new Target(peer.dialect(), port);
    }

    /** The server on one processor, this process on the other. */
    public void pin() {
        processes().forEach(one -> Proc.pin(one.pid(), ITS_OWN));
        Proc.pin(ProcessHandle.current().pid(), GENERATORS);
    }

    /** Both wherever the system likes. */
    public void unpin() {
        processes().forEach(one -> Proc.pin(one.pid(), BOTH));
        Proc.pin(ProcessHandle.current().pid(), BOTH);
    }

    /** Waits until it has let go of clients that have left; whoever reconnects thousands at once would meet its limit of open files. */
    public void awaitEmpty() {
        long end = System.nanoTime() + LETS_GO_WITHIN;
        while (files() > filesAtStart + SPARE && System.nanoTime() < end) {
            pause();
        }
    }

    private long files() {
        return processes().mapToLong(one -> Proc.files(one.pid())).sum();
    }

    /** Processor time so far. */
    public Cpu cpu() {
        long server = processes().mapToLong(one -> Proc.cpu(one.pid())).sum();
        long compilers = processes().mapToLong(one -> Proc.compilers(one.pid())).sum();
        return new Cpu(server, compilers, Proc.cpu(ProcessHandle.current().pid()), Proc.machine());
    }

    /** Bytes that it holds in RAM. */
    public long resident() {
        return processes().mapToLong(one -> Proc.resident(one.pid())).sum();
    }

    /** Bytes that live on its heap, after a collection; 0 if it is no JVM. */
    public long liveHeap() {
        return processes()
                .filter(one -> one.info().command().orElse("").endsWith("/java"))
                .mapToLong(Server::liveHeap)
                .sum();
    }

    private static long liveHeap(ProcessHandle jvm) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram = Proc.run(List.of(jcmd, "" + jvm.pid(), "GC.class_histogram"));
        String total = histogram.lines().reduce("", (before, line) -> line);
        return Long.parseLong(total.strip().split("\\s+", -1)[2]);
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    @Override
    public void close() {
        Proc.pin(ProcessHandle.current().pid(), BOTH);
        List<ProcessHandle> all = processes().toList();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
