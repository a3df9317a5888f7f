package io.carillon.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The server's process, found by the port that it listens on. Linux only: it reads {@code /proc}, and asks the JDK's
 * {@code jcmd}.
 */
public final class ServerProcess {
    private static final String ESTABLISHED = "01";
    private static final String CLOSE_WAIT = "08";
    private static final String LISTEN = "0A";

    private final long pid;

    private ServerProcess(long pid) {
        this.pid = pid;
    }

    /** Who listens on that port. */
    public static ServerProcess listeningOn(int port) {
        String socket = "socket:[" + inode(port) + "]";
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> holds(process, socket))
                    .map(process -> new ServerProcess(
                            Long.parseLong(process.getFileName().toString())))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no process holds " + socket));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public long pid() {
        return pid;
    }

    /** What lives on the heap, in bytes: counted while the process stands still, after a collection. */
    public long liveHeap() {
        List<String> lines = run("jcmd", "" + pid, "GC.class_histogram").lines().toList();
        String[] total = words(lines.get(lines.size() - 1));
        if (total.length != 3 || !total[0].equals("Total")) {
            throw new IllegalStateException("not the end of a histogram: " + List.of(total));
        }
        return Long.parseLong(total[2]);
    }

    /** Memory of the whole process that is in RAM now, in bytes. */
    public long resident() {
        return status("VmRSS");
    }

    /** The most that it ever was. */
    public long residentPeak() {
        return status("VmHWM");
    }

    /** Processor time so far, in nanoseconds. */
    public long cpu() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow()
                .toNanos();
    }

    public int threads() {
        return (int) number("Threads");
    }

    /** Files, sockets and whatever else has a descriptor. */
    public int descriptors() {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TCP connections of a port that this side has not closed. */
    public static int connections(int port) {
        String local = local(port);
        return (int) sockets()
                .filter(fields -> fields[1].endsWith(local))
                .filter(fields -> fields[3].equals(ESTABLISHED) || fields[3].equals(CLOSE_WAIT))
                .count();
    }

    /** Bytes that a client has sent and the server has not read yet, by their ports. */
    public static long unread(int port, int client) {
        String local = local(port);
        String remote = local(client);
        return sockets()
                .filter(fields -> fields[1].endsWith(local) && fields[2].endsWith(remote))
                .map(fields -> fields[4].substring(fields[4].indexOf(':') + 1))
                .mapToLong(queued -> Long.parseLong(queued, 16))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no connection from " + client + " to " + port));
    }

    private long status(String field) {
        return number(field) * 1024;
    }

    private long number(String field) {
        return lines(Path.of("/proc/" + pid + "/status"))
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static String inode(int port) {
        String local = local(port);
        return sockets()
                .filter(fields -> fields[1].endsWith(local) && fields[3].equals(LISTEN))
                .map(fields -> fields[9])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody listens on " + port));
    }

    private static String local(int port) {
        return String.format(Locale.ROOT, ":%04X", port);
    }

    private static Stream<String[]> sockets() {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(file -> lines(Path.of(file)))
                .map(ServerProcess::words);
    }

    private static boolean holds(Path process, String socket) {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.anyMatch(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().equals(socket);
                } catch (IOException e) {
                    return false; // closed meanwhile
                }
            });
        } catch (IOException e) {
            return false; // ended meanwhile, or somebody else's
        }
    }

    private static String[] words(String line) {
        return line.strip().split("\\s+", -1);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String run(String tool, String... arguments) {
        try {
            String[] command = new String[arguments.length + 1];
            command[0] = Path.of(System.getProperty("java.home"), "bin", tool).toString();
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " says " + output);
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
