package io.carillon.transport.sse;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Client;
import io.carillon.core.CloseReason;
import io.carillon.core.Connection;
import io.carillon.core.ConnectionRegistry;
import io.carillon.core.Hub;
import io.carillon.core.NewPublication;
import io.carillon.core.Opening;
import io.carillon.core.Publication;
import io.carillon.core.Transport;
import io.carillon.protocol.SseEncoder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The standard broadcaster as a view of the hub: to register a sink is to open a connection, to broadcast is to publish.
 * So every sink has its own cursor, and one that does not read delays no other.
 *
 * <p>Takes only sinks of ours ({@link ServletEventSink}): the containers' block whoever writes to them. Safe for
 * concurrent use, without locks.
 */
@ApplicationScoped
public class HubBroadcaster implements SseBroadcaster {
    private final List<BiConsumer<SseEventSink, Throwable>> onError = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> onClose = new CopyOnWriteArrayList<>();

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Config config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private ConnectionRegistry connections;

    /** Opens a connection to the default channel, from now. */
    @Override
    public void register(SseEventSink sink) {
        Client unknown = new Client(Transport.SSE, null, "");
        ChannelPattern channel = new ChannelPattern(config.name(Key.DEFAULT_CHANNEL));
        register(sink, SseEncoder.PLAIN, new Opening(unknown, List.of(channel), null, null));
    }

    /** @throws io.carillon.core.RefusedException nothing was written to the sink */
    Connection register(SseEventSink sink, SseEncoder encoder, Opening opening) {
        if (!(sink instanceof ServletEventSink ours)) {
            throw new IllegalArgumentException("a " + sink.getClass().getName()
                    + " may block whoever writes to it; register a " + ServletEventSink.class.getName());
        }
        return hub.open(opening, new SseOutlet(ours, encoder, this), SseGreeting.INSTANCE);
    }

    /** Publishes the event to the default channel, its data being JSON; completes when the hub has stored it. */
    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        try {
            String name = event.getName() == null ? Publication.DEFAULT_EVENT : event.getName();
            String data = EventBytes.data(event.getData());
            byte[] json = (data == null ? "null" : data).getBytes(StandardCharsets.UTF_8);
            ChannelName channel = new ChannelName(config.name(Key.DEFAULT_CHANNEL));
            return CompletableFuture.completedFuture(
                    hub.publish(List.of(new NewPublication(channel, name, json, null, null))));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> listener) {
        onError.add(listener);
    }

    @Override
    public void onClose(Consumer<SseEventSink> listener) {
        onClose.add(listener);
    }

    void lost(SseEventSink sink, Throwable cause) {
        onError.forEach(listener -> listener.accept(sink, cause));
    }

    void ended(SseEventSink sink) {
        onClose.forEach(listener -> listener.accept(sink));
    }

    @Override
    public void close() {
        close(true);
    }

    /** @param cascading also ends this node's event streams; they come back by themselves */
    @Override
    public void close(boolean cascading) {
        if (cascading) {
            for (Connection connection : connections.all()) {
                if (connection.client().transport() == Transport.SSE) {
                    connection.close(CloseReason.DRAIN);
                }
            }
        }
    }
}
