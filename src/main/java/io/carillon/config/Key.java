package io.carillon.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every key that the hub reads. Its words are the reference: {@code docs/configuration.md} is made from them.
 *
 * <p>A new key needs an entry here and nothing else; a bound that concerns two keys stands in {@link CrossCheck}.
 */
public enum Key {
    CONFIG(
            "carillon.config",
            "",
            Kind.path(),
            "A file of such keys and values. Only read from a system property or the" + " environment."),

    NODE(
            "carillon.node",
            "random",
            Kind.node(),
            "This node's name in the cluster, in connection ids and in logs." + " Different on each node."),
    DRAIN(
            "carillon.drain",
            "2s",
            Kind.duration("0s", "30s"),
            "How long the shutdown waits for goodbyes to be taken" + " before it cuts those who have not."),

    HEARTBEAT(
            "carillon.heartbeat",
            "25s",
            Kind.duration("5s", "60s"),
            "Silence after which a connection is written"
                    + " to. Keep it below the idle timeout of every proxy on the way."),
    SILENCE(
            "carillon.silence",
            "60s",
            Kind.duration("10s", "10m"),
            "A WebSocket that gives no sign of life for that" + " long is closed. Longer than the heartbeat."),
    PROGRESS(
            "carillon.progress",
            "15s",
            Kind.duration("1s", "5m"),
            "A write that is not through after that long ends"
                    + " its connection: the client reads too slowly or not at all."),
    POLL_TIMEOUT(
            "carillon.poll.timeout",
            "30s",
            Kind.duration("1s", "60s"),
            "How long a poll is held that does not" + " say so itself."),
    DEFAULT_CHANNEL("carillon.default.channel", "public", Kind.channel(), "The channel of a client that names none."),

    CONNECTIONS(
            "carillon.connections",
            "15000",
            Kind.integer(1, 1_000_000),
            "Most connections of this node, all" + " transports together. Each takes a file handle."),
    SUBSCRIPTIONS("carillon.subscriptions", "128", Kind.integer(1, 10_000), "Most subscriptions of one connection."),
    CHANNELS(
            "carillon.channels",
            "100000",
            Kind.integer(1, 10_000_000),
            "Most channels that this node knows at one"
                    + " time. Those that nobody uses are forgotten, the least recent first."),
    USER_CONNECTIONS(
            "carillon.connections.user",
            "20",
            Kind.integer(1, 1_000_000),
            "Most connections of one user on this node. A few tabs on a few devices."),
    ADDRESS_CONNECTIONS(
            "carillon.connections.address",
            "100",
            Kind.integer(1, 1_000_000),
            "Most connections from one address. Not for addresses of carillon.proxies, which stand for many."),
    PROXIES(
            "carillon.proxies",
            "loopback",
            Kind.proxies(),
            "Who is believed when he says in `X-Forwarded-For` where a request comes from."),
    WEBSOCKET_DIRECT(
            "carillon.websocket.direct",
            "true",
            Kind.flag(),
            "On WildFly, Payara and TomEE the hub keeps WebSockets itself, which takes a fraction of the CPU."
                    + " `false` leaves them to the server's own, as on any other server."),
    INBOUND_RATE(
            "carillon.inbound.rate",
            "50",
            Kind.integer(1, 1_000_000),
            "Most messages a second from one WebSocket, and twice that at once; more close it."),
    PUBLISH_RATE(
            "carillon.publish.rate",
            "10000",
            Kind.integer(1000, 100_000_000),
            "Most publications a second by one user, or by the strangers of one address, and twice that at once."),
    HISTORY_RATE(
            "carillon.history.rate",
            "20",
            Kind.integer(1, 1_000_000),
            "Most reads of history a second by one user, or by the strangers of one address, and twice that at once."),
    NEW_CHANNELS(
            "carillon.channels.rate",
            "600",
            Kind.integer(1, 10_000_000),
            "Most channels a minute that one user, or the strangers of one address, bring into being, and twice that at"
                    + " once."),
    PATTERNS("carillon.patterns", "1000", Kind.integer(1, 100_000), "Most patterns in use on this node at one time."),

    MEMORY(
            "carillon.memory",
            "25%",
            Kind.heap("4MB", Runtime.getRuntime().maxMemory()),
            "Heap for all that is"
                    + " retained, encoded frames included. Beyond it the oldest publication of the hub goes first."),
    HISTORY_COUNT(
            "carillon.history.count",
            "1000",
            Kind.integer(0, 10_000_000),
            "Publications that a channel retains"
                    + " at most. The newest one always stays until it is too old, so that it can be delivered."),
    HISTORY_AGE(
            "carillon.history.age",
            "1h",
            Kind.duration("1s", "30d"),
            "Age after which a publication is no longer" + " retained, give or take 5 s."),
    HISTORY_BYTES(
            "carillon.history.bytes",
            "4MB",
            Kind.size("1KB", "64GB"),
            "What a channel retains at most, in" + " bytes. Not more than carillon.memory is of use."),

    CHANNEL_OPTIONS(
            "carillon.channel.options",
            "",
            Kind.rules(),
            "What is different about some channels, such as"
                    + " `orders.** count=100 age=7d; chat.* ttl=1h presence=on; typing.** history=off`. The first rule that"
                    + " covers a channel counts. What a rule does not say is as in the carillon.history keys; `ttl` is for"
                    + " publications that name none; with `history=off` each publication is ephemeral; with `presence=on`"
                    + " whoever is subscribed is a member, and joins and leaves are published."),
    PRESENCE_LEASE(
            "carillon.presence.lease",
            "10s",
            Kind.duration("1s", "5m"),
            "For how long a member of a channel with `presence=on` stays one without a connection: who is back in time,"
                    + " on whatever transport, has neither left nor joined."),

    HOOK_URL(
            "carillon.hook.url",
            "",
            Kind.address(),
            "Where the hub posts who joins and leaves the channels with `presence=on`. Nothing is sent anywhere else,"
                    + " a redirect is not followed. Needs carillon.hook.secret."),
    HOOK_SECRET(
            "carillon.hook.secret",
            "",
            Kind.secret(),
            "The secret with which each post is signed (HMAC-SHA256), so that its receiver knows from whom it is."),
    HOOK_EVENTS(
            "carillon.hook.events",
            "joined,left,occupied,vacated",
            Kind.words("joined", "left", "occupied", "vacated"),
            "What is posted: a member `joined` or `left`; a channel is `occupied` by its first, `vacated` by its last."),

    MESSAGE("carillon.message", "64KB", Kind.size("256B", "16MB"), "Largest data of one publication."),
    BATCH(
            "carillon.batch",
            "1MB",
            Kind.size("1KB", "64MB"),
            "Largest body of one publish request. Not smaller than" + " carillon.message."),
    KEY_WINDOW(
            "carillon.key.window",
            "5m",
            Kind.duration("1s", "24h"),
            "For how long an idempotency key is remembered, also over a" + " restart with carillon.log=journal."),
    KEY_MEMORY(
            "carillon.key.memory",
            "5%",
            Kind.heap("64KB", Runtime.getRuntime().maxMemory()),
            "Heap for idempotency keys, about 250 bytes each. Beyond it the oldest is forgotten before its time."),

    LOG(
            "carillon.log",
            "journal",
            Kind.word("journal", "memory"),
            "Where publications are kept: `journal` on disk, so that"
                    + " they outlive the server's process; `memory` until it ends."),
    JOURNAL_DIR(
            "carillon.journal.dir",
            "server",
            Kind.directory(),
            "Where the journal is. `server`: `carillon` in the server's own"
                    + " data directory, `.carillon` in the user's home if it has none or has it among temporary files."
                    + " Each hub needs its own."),
    JOURNAL_SYNC(
            "carillon.journal.sync",
            "interval",
            Kind.word("always", "interval", "none"),
            "When the disk must have a publication:"
                    + " `always` before it is acknowledged; `interval` soon after; `none` when the system thinks fit. The"
                    + " end of the process loses nothing with any of them, a power cut only with the last two: then who"
                    + " resumes hears of a gap."),
    JOURNAL_SYNC_INTERVAL(
            "carillon.journal.sync.interval",
            "100ms",
            Kind.duration("1ms", "1m"),
            "Time between two syncs with `interval`: as" + " much as a power cut may lose."),
    JOURNAL_SEGMENT(
            "carillon.journal.segment",
            "16MB",
            Kind.size("64KB", "1GB"),
            "Size from which on the next file of the journal is"
                    + " begun. A file is deleted when nothing in it is retained."),
    JOURNAL_SIZE(
            "carillon.journal.size",
            "1GB",
            Kind.size("1MB", "1000GB"),
            "Most that the journal takes, give or take a file. Beyond it"
                    + " the oldest file goes, also when something in it is still retained: who needs it after a restart"
                    + " hears of a gap."),
    JOURNAL_REPAIR(
            "carillon.journal.repair",
            "refuse",
            Kind.word("refuse", "skip"),
            "What happens at the start when the journal is damaged:"
                    + " `refuse` to start, or `skip` what is damaged and tell who resumes of a gap."),

    ACCESS_EVERYBODY(
            "carillon.access.everybody",
            "subscribe:public",
            Kind.permissions(),
            "What strangers may do. `subscribe` includes `history`. A pattern means all that it matches: `**` is also"
                    + " every user's `user.<name>.**`, `$user.**` and `$connection.**` are the hub's own."),
    ACCESS_KNOWN(
            "carillon.access.known", "", Kind.permissions(), "What everybody may do besides who has said who he is."),
    ACCESS_ROLES(
            "carillon.access.roles",
            "",
            Kind.roles(),
            "What those may do who have logged in at the server, by the roles that they have there."),
    TOKEN_SECRET(
            "carillon.token.secret",
            "",
            Kind.secret(),
            "The secret that makes and verifies tokens with HS256. Without it none of these are taken. Better in the"
                    + " environment or a file than in a system property, which other users of the machine can see."),
    TOKEN_JWKS(
            "carillon.token.jwks",
            "",
            Kind.keySet(),
            "The public keys, as a JWK set, of tokens with RS256, ES256 or EdDSA. Without it none of these are taken."
                    + " Nothing is fetched from anywhere else."),
    TOKEN_ISSUER("carillon.token.issuer", "", Kind.text(), "What the `iss` of a token must be. Unset: anything."),
    TOKEN_AUDIENCE(
            "carillon.token.audience",
            "",
            Kind.text(),
            "What the `aud` of a token must contain. Unset: a token that names an audience is refused, as we are not it."),
    ORIGINS(
            "carillon.origins",
            "",
            Kind.origins(),
            "Sites whose pages may use this hub, besides pages from the hub's own host and port: each as a browser names it,"
                    + " `https://shop.example`, without wildcards."),
    METRICS_ACCESS(
            "carillon.metrics.access",
            "local",
            Kind.word("local", "admin", "everybody"),
            "Who may read `/metrics`, and why a check of `/health` fails: `admin`, who has the permission of that name;"
                    + " `local`, these and whoever sits at this machine; or `everybody`, where nobody else can reach the"
                    + " hub's port."),
    AUTH_TIMEOUT(
            "carillon.auth.timeout",
            "10s",
            Kind.duration("1s", "60s"),
            "How long a WebSocket whose channels need credentials is held without them."),

    FANOUT_THREADS(
            "carillon.fanout.threads",
            "processors",
            Kind.threads(1, 16),
            "Threads that deliver to the" + " connections."),
    DEMO(
            "carillon.demo",
            "false",
            Kind.flag(),
            "For trying things: everybody may read and publish on public and demo.**, and demo.clock tells the time."
                    + " Requests that did not come in on a loopback address are refused.");

    private final String key;
    private final String defaultText;

    @SuppressWarnings("ImmutableEnumChecker") // its functions have no state
    private final Kind<?> kind;

    private final String doc;

    Key(String key, String defaultText, Kind<?> kind, String doc) {
        this.key = key;
        this.defaultText = defaultText;
        this.kind = kind;
        this.doc = doc;
    }

    /** The key of that name. */
    public static Optional<Key> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }

    /** As it is written in a file or as a system property. */
    public String key() {
        return key;
    }

    /** The environment variable of the same meaning. */
    public String variable() {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** As one would write it. */
    public String defaultText() {
        return defaultText;
    }

    /** What a value may be, for people. */
    public String allowed() {
        return kind.allowed();
    }

    /** What it is for, in whole sentences. */
    public String doc() {
        return doc;
    }

    /** True if its value must not be seen by anybody. */
    boolean secret() {
        return this == TOKEN_SECRET || this == HOOK_SECRET;
    }

    Kind<?> kind() {
        return kind;
    }

    @Override
    public String toString() {
        return key;
    }
}
