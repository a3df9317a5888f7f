package io.carillon.bench;

import io.carillon.client.MassClient;
import io.carillon.client.Target;
import io.carillon.client.Wire;
import io.carillon.contract.ServerProcess;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What an idle connection costs the server: live heap after a full collection, and the process' memory in RAM, before
 * and after so many connections of each kind are there. Prints one line a transport. Needs the server on this machine.
 */
public final class IdleMemory {
    private static final int WARM_UP = 500;

    private final Target target;
    private final ServerProcess server;
    private long heap;
    private long resident;

    private IdleMemory(URI root) {
        target = new Target("hub", root, Map.of());
        server = ServerProcess.listeningOn(root.getPort());
    }

    /** Arguments: the hub's address with a slash at the end, and how many connections of each kind (default 5000). */
    public static void main(String[] arguments) {
        URI root = URI.create(arguments[0]);
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000;
        new IdleMemory(root).measure(count);
    }

    private void measure(int count) {
        for (Wire wire : Wire.values()) { // classes, pools and caches that are there once
            crowd(wire, WARM_UP).close();
        }
        read();
        System.out.printf("%-10s %,12d bytes live heap, %,d MB resident%n", "nobody", heap, resident >> 20);
        try (MassClient events = crowd(Wire.SSE, count)) {
            report(Wire.SSE, count);
            try (MassClient sockets = crowd(Wire.WEBSOCKET, count)) {
                report(Wire.WEBSOCKET, count);
                System.out.printf("%d and %d have ended meanwhile%n", events.ended(), sockets.ended());
            }
        }
    }

    private MassClient crowd(Wire wire, int count) {
        return new MassClient(target, wire, count).connect(List.of("public"), null);
    }

    private void report(Wire wire, int count) {
        long heapBefore = heap;
        long residentBefore = resident;
        read();
        System.out.printf(
                "%-10s %,12d bytes live heap, %,d MB resident: %,d bytes of heap and %,d resident for each of %d%n",
                wire, heap, resident >> 20, (heap - heapBefore) / count, (resident - residentBefore) / count, count);
    }

    private void read() {
        heap = server.liveHeap();
        resident = server.resident();
    }
}
