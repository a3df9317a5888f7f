package io.carillon.publish;

import io.carillon.core.Appended;
import io.carillon.core.Attendance;
import io.carillon.core.Connection;
import io.carillon.core.Gap;
import io.carillon.core.History;
import io.carillon.core.Publication;
import io.carillon.protocol.PresenceJson;
import io.carillon.protocol.PublicationJson;
import io.carillon.protocol.ServerMessages;
import io.carillon.protocol.WireWriter;
import io.carillon.rest.JsonAnswer;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of what went well. */
final class Answers {
    /** The status of what has been published. */
    static final int CREATED = 201;

    private Answers() {}

    /** {@code 201 {"id","channel","duplicate"}}. */
    static WireWriter published(Appended appended) {
        WireWriter to = new WireWriter(96);
        write(to, appended);
        return to;
    }

    /** {@code 201 {"publications":[{"id","channel","duplicate"}]}}. */
    static WireWriter published(List<Appended> all) {
        WireWriter to = new WireWriter(32 + 96 * all.size()).ascii("{\"publications\":");
        return to.array(all, Answers::write).ascii('}');
    }

    private static void write(WireWriter to, Appended appended) {
        to.ascii('{');
        ServerMessages.writeAppended(to, appended);
        to.ascii('}');
    }

    /** {@code 200 {"channel","publications","cursor","more","gaps"}}. */
    static Response history(String channel, History page) {
        WireWriter to = new WireWriter(256 + size(page.publications()));
        to.ascii("{\"channel\":").string(channel).ascii(",\"publications\":");
        PublicationJson.writeAll(to, page.publications());
        to.ascii(",\"cursor\":").number(page.cursor());
        to.ascii(",\"more\":").bool(page.more()).ascii(",\"gaps\":");
        Gap gap = page.gap();
        PublicationJson.writeGaps(to, gap == null ? List.of() : List.of(gap));
        return JsonAnswer.of(200, to.ascii('}'));
    }

    /** {@code 200 {"channel","count","subscribers"}}, and the members where it has such. */
    static Response presence(String channel, List<Connection> present, @Nullable Attendance members) {
        WireWriter to = new WireWriter(64 + 96 * present.size()).ascii('{');
        PresenceJson.write(to, channel, present, members);
        return JsonAnswer.of(200, to.ascii('}'));
    }

    /** {@code 200 {"status":"notified"}}. */
    static Response notified() {
        return JsonAnswer.of(200, new WireWriter(32).ascii("{\"status\":\"notified\"}"));
    }

    private static int size(List<Publication> publications) {
        int size = 0;
        for (Publication publication : publications) {
            size += publication.bytes();
        }
        return size;
    }
}
