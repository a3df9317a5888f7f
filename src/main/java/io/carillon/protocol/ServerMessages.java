package io.carillon.protocol;

import io.carillon.core.Appended;
import io.carillon.core.Attendance;
import io.carillon.core.CloseReason;
import io.carillon.core.Connection;
import io.carillon.core.Frame;
import io.carillon.core.Subscribed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hub says on a WebSocket beside publications: greetings and answers, one object each.
 *
 * <p>{@code ref} is what the client sent with its request, raw JSON as {@link ClientMessage#ref()} has it; null when it
 * sent none, and then the answer has none.
 */
public final class ServerMessages {
    private ServerMessages() {}

    /** The first message of all. */
    public static Frame.Text welcome(String connection, String node, long heartbeatSeconds) {
        WireWriter to = new WireWriter(128).ascii("{\"type\":\"welcome\",\"connection\":");
        to.string(connection).ascii(",\"node\":").string(node);
        return end(to.ascii(",\"heartbeat\":").number(heartbeatSeconds), null);
    }

    /** Comes before the first publication of that channel. */
    public static Frame.Text subscribed(Subscribed subscribed, @Nullable String ref) {
        WireWriter to = new WireWriter(160).ascii("{\"type\":\"subscribed\",\"channel\":");
        to.string(subscribed.channel());
        to.ascii(",\"since\":").number(subscribed.since());
        to.ascii(",\"head\":").number(subscribed.head());
        return end(to.ascii(",\"recovered\":").bool(subscribed.recovered()), ref);
    }

    public static Frame.Text unsubscribed(String channel, @Nullable String ref) {
        return end(
                new WireWriter(96)
                        .ascii("{\"type\":\"unsubscribed\",\"channel\":")
                        .string(channel),
                ref);
    }

    /** The answer to a client's {@code ping}. */
    public static Frame.Text pong(@Nullable String ref) {
        return end(new WireWriter(32).ascii("{\"type\":\"pong\""), ref);
    }

    /** Who is subscribed to the channel on this node; its members where it has such. */
    public static Frame.Text presence(
            String channel, List<Connection> present, @Nullable Attendance members, @Nullable String ref) {
        WireWriter to = new WireWriter(64 + 96 * present.size()).ascii("{\"type\":\"presence\",");
        PresenceJson.write(to, channel, present, members);
        return end(to, ref);
    }

    /** The answer to a client's {@code publish}. */
    public static Frame.Text published(Appended appended, @Nullable String ref) {
        WireWriter to = new WireWriter(96).ascii("{\"type\":\"published\",");
        writeAppended(to, appended);
        return end(to, ref);
    }

    /** The answer to a client's {@code auth}: who he is, and until when, in milliseconds since the epoch. */
    public static Frame.Text authenticated(String user, long expires, @Nullable String ref) {
        WireWriter to = new WireWriter(96).ascii("{\"type\":\"authenticated\",\"user\":");
        return end(to.string(user).ascii(",\"expires\":").number(expires), ref);
    }

    /** A request that was refused; the connection stays. */
    public static Frame.Text error(ErrorCode code, String message, @Nullable String ref) {
        WireWriter to = new WireWriter(96 + message.length()).ascii("{\"type\":\"error\",\"code\":");
        return end(to.string(code.slug()).ascii(",\"message\":").string(message), ref);
    }

    /** The last message; the close frame with the same code and reason follows. */
    public static Frame.Text bye(CloseReason reason) {
        WireWriter to = new WireWriter(160).ascii("{\"type\":\"bye\",");
        writeReason(to, reason);
        return end(to, null);
    }

    /** {@code "id","channel","duplicate"}, without braces. */
    public static void writeAppended(WireWriter to, Appended appended) {
        to.ascii("\"id\":").number(appended.id());
        to.ascii(",\"channel\":").string(appended.channel());
        to.ascii(",\"duplicate\":").bool(appended.duplicate());
    }

    static void writeReason(WireWriter to, CloseReason reason) {
        to.ascii("\"code\":").number(reason.code());
        to.ascii(",\"reason\":").string(reason.reason());
        to.ascii(",\"reconnect\":").bool(reason.reconnect());
    }

    private static Frame.Text end(WireWriter to, @Nullable String ref) {
        if (ref != null) {
            to.ascii(",\"ref\":").text(ref);
        }
        return to.ascii('}').text(0, 0);
    }
}
