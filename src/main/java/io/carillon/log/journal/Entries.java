package io.carillon.log.journal;

import io.carillon.core.Publication;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A record of entries that is being read: {@code next()} as often as {@code count} says. */
final class Entries {
    /** When the place of an ephemeral publication expired: before any clock. */
    private static final long LONG_AGO = 1;

    final long first;
    final long durable;
    final long time;
    final int count;

    private final ByteBuffer body;
    private long id;
    private @Nullable String key;

    /** @param body behind its kind */
    Entries(ByteBuffer body) {
        this.body = body;
        this.first = body.getLong();
        this.durable = body.getLong();
        this.time = body.getLong();
        this.count = body.getInt();
        this.id = first - 1;
    }

    /** @param intern gives the same string for the same channel */
    Publication next(UnaryOperator<String> intern) {
        id++;
        String channel = intern.apply(channel(body));
        String event = text(body);
        key = text(body);
        long expires = body.getLong();
        byte[] data = new byte[body.getInt()];
        body.get(data);
        boolean ephemeral = data.length == 0;
        return new Publication(
                id,
                channel,
                event == null ? Publication.DEFAULT_EVENT : event,
                data,
                time,
                ephemeral ? LONG_AGO : expires,
                ephemeral);
    }

    /** The idempotency key of the one that was just read. */
    @Nullable
    String key() {
        return key;
    }

    static String channel(ByteBuffer body) {
        byte[] name = new byte[body.get() & 0xff];
        body.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String text(ByteBuffer body) {
        byte[] text = new byte[body.getShort() & 0xffff];
        body.get(text);
        return text.length == 0 ? null : new String(text, StandardCharsets.UTF_8);
    }
}
