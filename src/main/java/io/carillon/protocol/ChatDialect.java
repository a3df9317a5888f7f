package io.carillon.protocol;

import io.carillon.core.Publication;
import java.nio.charset.StandardCharsets;

/**
 * The plain chat of the classic tutorials: on WebSocket its clients send and receive
 * {@code {"type":"chat","user","message","timestamp"}} itself, not wrapped in a message. We only add {@code id} and
 * {@code channel} at the end.
 */
final class ChatDialect {
    static final String EVENT = "chat";

    private static final byte[] TYPE = "\"type\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHAT = "\"chat\"".getBytes(StandardCharsets.US_ASCII);

    private ChatDialect() {}

    /** True for the event {@code chat} whose data is an object with {@code "type":"chat"} as its first member. */
    static boolean speaks(Publication publication) {
        if (!publication.event().equals(EVENT)) {
            return false;
        }
        byte[] data = publication.data();
        int at = skipSpace(data, 0);
        at = at < data.length && data[at] == '{' ? skipSpace(data, at + 1) : -1;
        at = after(data, at, TYPE);
        at = at >= 0 && at < data.length && data[at] == ':' ? skipSpace(data, at + 1) : -1;
        at = after(data, at, CHAT);
        return at >= 0 && at < data.length && (data[at] == ',' || data[at] == '}');
    }

    static void write(WireWriter to, Publication publication) {
        byte[] data = publication.data();
        int brace = data.length - 1;
        while (data[brace] != '}') {
            brace--;
        }
        to.raw(data, 0, brace);
        to.ascii(",\"id\":").number(publication.id());
        to.ascii(",\"channel\":\"").ascii(publication.channel()).ascii("\"}");
    }

    /** Where the next token begins if {@code word} stands at {@code at}; else -1. */
    private static int after(byte[] data, int at, byte[] word) {
        if (at < 0 || data.length - at < word.length) {
            return -1;
        }
        for (int i = 0; i < word.length; i++) {
            if (data[at + i] != word[i]) {
                return -1;
            }
        }
        return skipSpace(data, at + word.length);
    }

    private static int skipSpace(byte[] data, int from) {
        int at = from;
        while (at < data.length && (data[at] == ' ' || data[at] == '\t' || data[at] == '\n' || data[at] == '\r')) {
            at++;
        }
        return at;
    }
}
