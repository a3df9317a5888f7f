package io.carillon.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Sockets that do not block. */
public final class Sockets {
    private Sockets() {}

    /** Writes what the kernel takes now. True if that was all. */
    public static boolean took(SocketChannel socket, ByteBuffer bytes) throws IOException {
        int written;
        do {
            written = socket.write(bytes);
        } while (written > 0 && bytes.hasRemaining());
        return !bytes.hasRemaining();
    }

    /** Reads what a write to it will read, as {@link io.carillon.core.Outlet#prefetch}. */
    public static int prefetch(@Nullable SocketChannel socket) {
        return socket != null && socket.isOpen() ? 1 : 0;
    }
}
