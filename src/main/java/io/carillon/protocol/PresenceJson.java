package io.carillon.protocol;

import io.carillon.core.Attendance;
import io.carillon.core.Connection;
import io.carillon.core.Member;
import io.carillon.core.PresenceChange;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who is there, as HTTP and WebSocket say it alike, and as publications tell of it. */
public final class PresenceJson {
    /** Connections that are listed; more are only counted. */
    public static final int MOST = 1000;

    private PresenceJson() {}

    /**
     * {@code "channel","count","subscribers":[{"connection","user","transport"}]}, and {@code
     * ,"present","members":[{"member","user","client","since"}],"cursor"} where the channel has members; without braces.
     */
    public static void write(
            WireWriter to, String channel, List<Connection> connections, @Nullable Attendance attendance) {
        to.ascii("\"channel\":").string(channel);
        to.ascii(",\"count\":").number(connections.size()).ascii(",\"subscribers\":[");
        for (int i = 0; i < Math.min(connections.size(), MOST); i++) {
            to.ascii(i == 0 ? "{" : ",{");
            subscriber(to, connections.get(i));
        }
        to.ascii(']');
        if (attendance != null) {
            members(to, attendance);
        }
    }

    private static void subscriber(WireWriter to, Connection connection) {
        to.ascii("\"connection\":").string(connection.id()).ascii(",\"user\":");
        textOrNull(to, connection.client().user());
        to.ascii(",\"transport\":").string(connection.client().transport().label());
        to.ascii('}');
    }

    private static void members(WireWriter to, Attendance attendance) {
        to.ascii(",\"present\":").number(attendance.count()).ascii(",\"members\":[");
        boolean first = true;
        for (Attendance.Present one : attendance.members()) {
            to.ascii(first ? "{" : ",{");
            member(to, one.member());
            to.ascii(",\"since\":").number(one.since()).ascii('}');
            first = false;
        }
        to.ascii("],\"cursor\":").number(attendance.cursor());
    }

    /** {@code "member","user","client"}, without braces. */
    static void member(WireWriter to, Member member) {
        to.ascii("\"member\":").string(member.id()).ascii(",\"user\":");
        textOrNull(to, member.user());
        to.ascii(",\"client\":");
        textOrNull(to, member.client());
    }

    /** The data of a {@code join} or {@code leave}: {@code {"member","user","client","count"}}. */
    public static byte[] member(PresenceChange change) {
        WireWriter to = new WireWriter(128).ascii('{');
        if (change.member() != null) {
            member(to, change.member());
            to.ascii(',');
        }
        return to.ascii("\"count\":").number(change.count()).ascii('}').toBytes();
    }

    /** {@code "event","channel","member","user","client","count","time"}, the middle three if there is a member; without braces. */
    public static void writeChange(WireWriter to, PresenceChange change) {
        to.ascii("\"event\":").string(change.kind().name().toLowerCase(Locale.ROOT));
        to.ascii(",\"channel\":").string(change.channel());
        if (change.member() != null) {
            member(to.ascii(','), change.member());
        }
        to.ascii(",\"count\":").number(change.count()).ascii(",\"time\":").number(change.time());
    }

    private static void textOrNull(WireWriter to, @Nullable String text) {
        if (text == null) {
            to.ascii("null");
        } else {
            to.string(text);
        }
    }
}
