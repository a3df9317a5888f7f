package io.carillon.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Sockets that do not block. */
final class Sockets {
    private Sockets() {}

    /** Writes what the kernel takes now. True if that was all. */
    static boolean took(SocketChannel socket, ByteBuffer bytes) throws IOException {
        int written;
        do {
            written = socket.write(bytes);
        } while (written > 0 && bytes.hasRemaining());
        return !bytes.hasRemaining();
    }
}
