package io.carillon.remote;

import io.carillon.core.Appended;
import io.carillon.core.Gap;
import io.carillon.core.History;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.protocol.ProtocolException;
import io.carillon.protocol.RawObject;
import io.carillon.protocol.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is said to the hub and what it says, as in docs/protocol.md. Members that we do not know are passed over. */
final class Wire {
    private Wire() {}

    /** @param keys makes one up for what has none */
    static byte[] batch(List<NewPublication> publications, Supplier<String> keys) {
        WireWriter to = new WireWriter(256).ascii("{\"publications\":");
        return to.array(publications, (writer, one) -> write(writer, one, keys))
                .ascii('}')
                .toBytes();
    }

    private static void write(WireWriter to, NewPublication one, Supplier<String> keys) {
        String key = one.key();
        to.ascii("{\"channel\":").string(one.channel().value());
        to.ascii(",\"event\":").string(one.event());
        to.ascii(",\"key\":").string(key == null ? keys.get() : key);
        if (one.ttl() != null) {
            to.ascii(",\"ttl\":").number(one.ttl().toSeconds());
        }
        if (one.ephemeral()) {
            to.ascii(",\"ephemeral\":true");
        }
        to.ascii(",\"data\":").raw(one.data()).ascii('}');
    }

    static List<Appended> appended(byte[] body) {
        List<Appended> all = new ArrayList<>();
        for (RawObject one : RawObject.parse(body).objects("publications")) {
            all.add(new Appended(number(one, "id"), text(one, "channel"), one.flag("duplicate")));
        }
        return all;
    }

    static History history(byte[] body) {
        RawObject page = RawObject.parse(body);
        List<Publication> publications = new ArrayList<>();
        page.objects("publications").forEach(one -> publications.add(publication(one)));
        List<RawObject> gaps = page.objects("gaps");
        Gap gap = gaps.isEmpty() ? null : gap(gaps.get(0));
        return new History(publications, number(page, "cursor"), page.flag("more"), gap);
    }

    static Publication publication(RawObject from) {
        byte[] data = Objects.requireNonNull(from.raw("data"), "a publication without data");
        return new Publication(
                number(from, "id"), text(from, "channel"), text(from, "event"), data, number(from, "time"), 0);
    }

    static Gap gap(RawObject from) {
        return new Gap(text(from, "channel"), number(from, "from"), number(from, "to"));
    }

    static RawObject object(String json) {
        return RawObject.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** What an answer that is no good says; a proxy's may be no problem+json. */
    static RemoteHubException problem(int status, byte[] body) {
        String name = "";
        String detail = null;
        try {
            RawObject problem = RawObject.parse(body);
            String type = problem.text("type");
            name = type == null ? "" : type.substring(type.lastIndexOf('/') + 1);
            detail = problem.text("detail");
        } catch (ProtocolException e) {
            // Then its status says all that we know.
        }
        return new RemoteHubException(status, name, "HTTP " + status + (detail == null ? "" : ": " + detail), null);
    }

    private static long number(RawObject from, String name) {
        return present(from.integer(name), name);
    }

    private static String text(RawObject from, String name) {
        return present(from.text(name), name);
    }

    private static <T> T present(@Nullable T value, String name) {
        return Objects.requireNonNull(value, "the hub's answer has no " + name);
    }
}
