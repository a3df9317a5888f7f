package io.carillon.bench.generator;

/** One subscriber of one channel. Its transport is what the subclasses know. */
abstract class Subscriber extends Link implements Responses.Handler {
    final String path;

    private final Crowd crowd;
    private final int index;
    private final MarkerScanner markers;
    private final GapScanner gaps;
    private final Responses responses = new Responses(this);
    private boolean ready;
    private long began;

    Subscriber(Crowd crowd, int index, String path) {
        super(crowd.loop());
        this.crowd = crowd;
        this.index = index;
        this.path = path;
        this.markers = new MarkerScanner((time, sequence, channel) -> crowd.delivered(this, time, sequence, channel));
        this.gaps = new GapScanner((after, upTo) -> crowd.checker().gap(index, upTo - after));
    }

    static Subscriber of(Crowd crowd, int index, Transport transport, Dialect dialect, String channel, String since) {
        String path = dialect.subscribe(transport, channel, since);
        return switch (transport) {
            case WS ->
                dialect == Dialect.SOCKET_IO
                        ? new SocketIoSubscriber(crowd, index, path, channel)
                        : new WebSocketSubscriber(crowd, index, path);
            case SSE -> new SseSubscriber(crowd, index, path);
            case LP -> new PollSubscriber(crowd, index, path, dialect == Dialect.CARILLON);
        };
    }

    /** What it asks for; each line ends with CR LF, the last one's follows by itself. */
    abstract String request();

    int index() {
        return index;
    }

    /** When it began to connect. */
    long began() {
        return began;
    }

    void begin() {
        began = Loop.now();
        connect(crowd.from(index), crowd.target().address());
    }

    @Override
    void connected() {
        send("GET " + path + " HTTP/1.1\r\nHost: " + crowd.target().host() + "\r\n" + request() + "\r\n");
    }

    /** From now on it receives what is published. */
    void isReady() {
        if (!ready) {
            ready = true;
            crowd.ready();
        }
    }

    boolean wasReady() {
        return ready;
    }

    @Override
    void received(byte[] in, int from, int to) {
        int rest = responses.feed(in, from, to);
        if (rest < to) {
            upgraded(in, rest, to);
        }
    }

    /** What comes after a response 101. */
    void upgraded(byte[] in, int from, int to) {
        fail("was upgraded");
    }

    @Override
    public void body(byte[] in, int from, int to) {
        content(in, from, to);
    }

    /** What the server has to say, without what carries it. */
    void content(byte[] in, int from, int to) {
        if (crowd.hearsGaps()) {
            gaps.scan(in, from, to);
        }
        markers.scan(in, from, to);
    }

    void fail(String why) {
        close();
        ended(why);
    }

    @Override
    void ended(String why) {
        crowd.ended(this, why);
    }
}
