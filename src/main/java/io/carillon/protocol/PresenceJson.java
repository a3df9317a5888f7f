package io.carillon.protocol;

import io.carillon.core.Attendance;
import io.carillon.core.Connection;
import io.carillon.core.Labels;
import io.carillon.core.Member;
import io.carillon.core.PresenceChange;
import java.util.List;
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
        to.ascii(",\"count\":").number(connections.size()).ascii(",\"subscribers\":");
        to.array(connections.subList(0, Math.min(connections.size(), MOST)), PresenceJson::subscriber);
        if (attendance != null) {
            members(to, attendance);
        }
    }

    private static void subscriber(WireWriter to, Connection connection) {
        to.ascii("{\"connection\":").string(connection.id());
        to.ascii(",\"user\":").stringOrNull(connection.client().user());
        to.ascii(",\"transport\":").string(connection.client().transport().label());
        to.ascii('}');
    }

    private static void members(WireWriter to, Attendance attendance) {
        to.ascii(",\"present\":").number(attendance.count()).ascii(",\"members\":");
        to.array(attendance.members(), PresenceJson::present);
        to.ascii(",\"cursor\":").number(attendance.cursor());
    }

    private static void present(WireWriter to, Attendance.Present one) {
        member(to.ascii('{'), one.member());
        to.ascii(",\"since\":").number(one.since()).ascii('}');
    }

    /** {@code "member","user","client"}, without braces. */
    static void member(WireWriter to, Member member) {
        to.ascii("\"member\":").string(member.id());
        to.ascii(",\"user\":").stringOrNull(member.user());
        to.ascii(",\"client\":").stringOrNull(member.client());
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

    /** {@code {"event","channel","member","user","client","count","time"}}, the middle three if there is a member. */
    public static void change(WireWriter to, PresenceChange change) {
        to.ascii("{\"event\":").string(Labels.of(change.kind()));
        to.ascii(",\"channel\":").string(change.channel());
        if (change.member() != null) {
            member(to.ascii(','), change.member());
        }
        to.ascii(",\"count\":").number(change.count());
        to.ascii(",\"time\":").number(change.time()).ascii('}');
    }
}
