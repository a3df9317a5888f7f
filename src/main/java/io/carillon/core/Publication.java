package io.carillon.core;

/** One immutable entry of a channel. The array of {@link #data()} is shared by all readers and is never written to. */
public final class Publication {
    /** The event of a publication that names none. */
    public static final String DEFAULT_EVENT = "message";

    /** For so long an ephemeral one waits for those who are there, or come back at once; then it counts as expired. */
    public static final long EPHEMERAL_MILLIS = 5_000;

    /** Estimated heap of an entry beside its data: objects, headers, its places in the index. */
    private static final int OVERHEAD = 192;

    private final long id;
    private final String channel;
    private final String event;
    private final byte[] data;
    private final long time;
    private final long expires;
    private final boolean ephemeral;

    /**
     * @param id hub-wide position, below 2^53
     * @param data a JSON value in UTF-8, as it was published
     * @param time when the log took it, milliseconds since the epoch
     * @param expires end of its TTL in milliseconds since the epoch; 0 is never
     */
    public Publication(long id, String channel, String event, byte[] data, long time, long expires) {
        this(id, channel, event, data, time, expires, false);
    }

    /** @param ephemeral no part of the channel's history; it expires soon */
    public Publication(long id, String channel, String event, byte[] data, long time, long expires, boolean ephemeral) {
        this.id = id;
        this.channel = channel;
        this.event = event;
        this.data = data;
        this.time = time;
        this.expires = expires;
        this.ephemeral = ephemeral;
    }

    /** The same with the text that its channel has for its name, which all that it retains shares. */
    Publication under(String name) {
        return new Publication(id, name, event, data, time, expires, ephemeral);
    }

    public long id() {
        return id;
    }

    public String channel() {
        return channel;
    }

    public String event() {
        return event;
    }

    public byte[] data() {
        return data;
    }

    public long time() {
        return time;
    }

    public long expires() {
        return expires;
    }

    /** True if only those who are there shall see it. */
    public boolean ephemeral() {
        return ephemeral;
    }

    /** True once its TTL is over: it is then never delivered. */
    public boolean expired(long nowMillis) {
        return expires != 0 && expires <= nowMillis;
    }

    /** What it counts against the bounds in bytes. */
    public int bytes() {
        return OVERHEAD + data.length + event.length() + channel.length();
    }

    @Override
    public String toString() {
        return channel + "#" + id;
    }
}
