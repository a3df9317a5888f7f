package io.carillon.remote;

import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.History;
import io.carillon.core.NewPublication;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A hub that runs elsewhere.
 *
 * <pre>{@code
 * try (RemoteHub hub = RemoteHub.at(URI.create("https://push.example/")).token(tokens::newest).build()) {
 *     hub.publish(new NewPublication(new ChannelName("orders.42"), json));
 * }
 * }</pre>
 *
 * <p>Safe for concurrent use. {@link #publish} and {@link #history} block until the hub has answered, at most for the
 * patience that was set; each subscription has a daemon thread of its own.
 */
public final class RemoteHub implements AutoCloseable {
    private final Exchange exchange;
    private final String client;
    private final Duration silence;
    private final Set<RemoteSubscription> open = ConcurrentHashMap.newKeySet();

    private RemoteHub(Exchange exchange, String client, Duration silence) {
        this.exchange = exchange;
        this.client = client;
        this.silence = silence;
    }

    /**
     * Begins to describe one.
     *
     * @param contextRoot where the WAR is, such as {@code https://push.example/} or {@code http://127.0.0.1:8080/carillon}
     */
    public static Builder at(URI contextRoot) {
        return new Builder(contextRoot);
    }

    /** How to talk to it. */
    public static final class Builder {
        private final URI root;
        private @Nullable HttpClient http;
        private Supplier<@Nullable String> token = () -> null;
        private String client = UUID.randomUUID().toString();
        private Duration patience = Duration.ofSeconds(30);
        private Duration silence = Duration.ofSeconds(60);

        private Builder(URI root) {
            this.root = root.getPath().endsWith("/") ? root : URI.create(root + "/");
        }

        /** The credential of each request, asked for anew each time; it must not block for long. Without one we are a stranger. */
        public Builder token(Supplier<@Nullable String> token) {
            this.token = token;
            return this;
        }

        /**
         * The name by which we are a member of channels with {@code presence=on} while no token says who we are: 1 to 64 of
         * {@code A-Z a-z 0-9 _ . : -}. One that nothing else has unless set.
         */
        public Builder client(String name) {
            this.client = name;
            return this;
        }

        /** For how long one call tries again while the hub cannot be reached or asks to come back; 30 s unless set. */
        public Builder patience(Duration patience) {
            this.patience = patience;
            return this;
        }

        /**
         * For how long a stream may say nothing, not even a heartbeat, before it is given up and opened again; 60 s unless
         * set. More than twice the hub's {@code carillon.heartbeat}.
         */
        public Builder silence(Duration silence) {
            this.silence = silence;
            return this;
        }

        /** The client to use, for a proxy or certificates of your own; it is not closed with the hub. */
        public Builder http(HttpClient http) {
            this.http = http;
            return this;
        }

        public RemoteHub build() {
            HttpClient calls = http != null
                    ? http
                    : HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(Duration.ofSeconds(10))
                            .build();
            return new RemoteHub(new Exchange(calls, root, token, patience), client, silence);
        }
    }

    /**
     * Publishes one. When it returns, the hub has stored it. What the hub has not answered is sent again with the same
     * idempotency key, which is made up if there is none: so it is stored once, however often it was sent.
     *
     * @throws RemoteHubException refused; or not answered in time, and then stored or not is unknown
     */
    public Appended publish(NewPublication publication) {
        return publish(List.of(publication)).get(0);
    }

    /**
     * Publishes all or none, next to each other and in this order: at most 1000 of them, 1 MB in JSON. The rest as
     * {@link #publish(NewPublication)}.
     */
    public List<Appended> publish(List<NewPublication> publications) {
        byte[] body = Wire.batch(publications, () -> UUID.randomUUID().toString());
        HttpRequest.Builder request = exchange.request("v1/publications")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        return Wire.appended(exchange.send(request));
    }

    /**
     * What a channel retains after {@code since}, oldest first.
     *
     * @param since 0 is from the oldest
     * @param limit 1 to 1000
     * @throws RemoteHubException refused, or not answered in time
     */
    public History history(ChannelName channel, long since, int limit) {
        String path = "v1/channels/" + channel.value() + "/publications?since=" + since + "&limit=" + limit;
        return Wire.history(exchange.send(exchange.request(path).GET()));
    }

    /**
     * Subscribes. The listener hears all publications of these channels after the cursor, each once and in the order of
     * their ids, across reconnects and restarts of the hub; what the hub no longer retains it hears of as a gap.
     *
     * @param since the cursor; 0 is all that is retained, null is from now
     */
    public RemoteSubscription subscribe(List<ChannelPattern> channels, @Nullable Long since, Listener listener) {
        RemoteSubscription subscription =
                new RemoteSubscription(exchange, path(channels), since, silence, listener, open::remove);
        open.add(subscription);
        subscription.start();
        return subscription;
    }

    private String path(List<ChannelPattern> channels) {
        StringBuilder path = new StringBuilder("v1/events?envelope=1&client=").append(encoded(client));
        channels.forEach(channel -> path.append("&channel=").append(encoded(channel.value())));
        return path.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Ends all subscriptions. Requests that are under way still end by themselves. */
    @Override
    public void close() {
        open.forEach(RemoteSubscription::close);
    }
}
