package io.carillon.core;

/** One immutable entry of a channel. The array of {@link #data()} is shared by all readers and is never written to. */
public final class Publication {
    /** The event of a publication that names none. */
    public static final String DEFAULT_EVENT = "message";

    /** Estimated heap of an entry beside its data: objects, headers, its places in the index. */
    private static final int OVERHEAD = 192;

    private final long id;
    private final String channel;
    private final String event;
    private final byte[] data;
    private final long time;
    private final long expires;

    /**
     * @param id hub-wide position, below 2^53
     * @param data a JSON value in UTF-8, as it was published
     * @param time when the log took it, milliseconds since the epoch
     * @param expires end of its TTL in milliseconds since the epoch; 0 is never
     */
    public Publication(long id, String channel, String event, byte[] data, long time, long expires) {
        this.id = id;
        this.channel = channel;
        this.event = event;
        this.data = data;
        this.time = time;
        this.expires = expires;
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
