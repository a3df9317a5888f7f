package io.carillon.wire;

import java.io.IOException;
import org.xnio.Options;
import org.xnio.StreamConnection;

/**
 * Undertow's timeout of writes. Where the hub writes to the socket itself it knows when a client takes nothing ({@code carillon.progress}),
 * and Undertow's would only cost: for each write it asks the clock twice, and the channel for its option.
 *
 * <p>Knows Undertow: load it on no other server.
 */
public final class UndertowTimeout {
    private UndertowTimeout() {}

    /** Ends it for one connection, which from now on is the hub's. From any thread. */
    public static void end(StreamConnection connection) {
        try {
            connection.setOption(Options.WRITE_TIMEOUT, 0);
        } catch (IOException e) {
            // then it stays, and ends nobody whom the hub would not
        }
    }
}
