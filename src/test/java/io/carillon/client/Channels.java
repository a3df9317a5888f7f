package io.carillon.client;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** What crowds of clients on one selector do with a channel. */
public final class Channels {
    private Channels() {}

    /** A request fits into an empty socket buffer, so it need not wait. */
    public static void write(SocketChannel channel, ByteBuffer bytes) {
        try {
            channel.write(bytes);
        } catch (IOException e) {
            return; // the next read says so
        }
        if (bytes.hasRemaining()) {
            throw new IllegalStateException("the server does not take " + bytes.remaining() + " bytes of a request");
        }
    }

    /** Closes it without a word, or with a reset. */
    public static void shut(SelectionKey key, boolean reset) {
        try {
            key.cancel();
            if (reset) {
                ((SocketChannel) key.channel()).setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            key.channel().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
