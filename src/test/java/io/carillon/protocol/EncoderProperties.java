package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Delivery;
import io.carillon.core.Frame;
import io.carillon.core.Publication;
import io.carillon.protocol.EventStream.Event;
import io.carillon.protocol.TinyJson.Node;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is published, a client that was written by somebody else gets exactly that back. */
class EncoderProperties {

    @Property(tries = 300)
    void anEventSourceOfOneChannelGetsTheDataBack(@ForAll("publications") List<Publication> publications) {
        List<Event> events = events(SseEncoder.PLAIN, publications);
        assertThat(events).hasSameSizeAs(publications);
        for (int i = 0; i < events.size(); i++) {
            Publication publication = publications.get(i);
            isEventOf(publication, events.get(i));
            assertThat(events.get(i).data()).isEqualTo(onSse(data(publication)));
        }
    }

    @Property(tries = 300)
    void anEventSourceOfSeveralChannelsGetsTheWholePublicationBack(
            @ForAll("publications") List<Publication> publications) {
        List<Event> events = events(SseEncoder.ENVELOPE, publications);
        assertThat(events).hasSameSizeAs(publications);
        for (int i = 0; i < events.size(); i++) {
            Publication publication = publications.get(i);
            isEventOf(publication, events.get(i));
            isPublication(publication, TinyJson.parse(events.get(i).data()), onSse(data(publication)));
        }
    }

    @Property(tries = 300)
    void aWebSocketClientGetsThePublicationBack(@ForAll("publications") List<Publication> publications) {
        for (Publication publication : publications) {
            Node message = TinyJson.parse(text(WebSocketEncoder.SINGLE, List.of(publication)));
            assertThat(message.at("type").text()).isEqualTo("message");
            isPublication(publication, message, data(publication));
        }
    }

    @Property(tries = 300)
    void aBatchHoldsThePublicationsInTheirOrder(@ForAll("publications") List<Publication> publications) {
        Node batch = TinyJson.parse(text(WebSocketEncoder.BATCH, publications));
        List<Node> messages = publications.size() == 1 ? List.of(batch) : batch.items();
        assertThat(messages).hasSameSizeAs(publications);
        for (int i = 0; i < messages.size(); i++) {
            isPublication(publications.get(i), messages.get(i), data(publications.get(i)));
        }
    }

    @Property(tries = 300)
    void aPollHoldsThePublicationsInTheirOrder(@ForAll("publications") List<Publication> publications) {
        Frame frame = PollEncoder.INSTANCE.encode(new Delivery(List.of(), publications, 77, 0));
        Node body = TinyJson.parse(new String(((Frame.Bytes) frame).bytes(), UTF_8));
        assertThat(body.at("status").text()).isEqualTo("ok");
        assertThat(body.at("cursor").number()).isEqualTo(77);
        assertThat(body.at("gaps").items()).isEmpty();
        List<Node> messages = body.at("messages").items();
        assertThat(messages).hasSameSizeAs(publications);
        for (int i = 0; i < messages.size(); i++) {
            isPublication(publications.get(i), messages.get(i), data(publications.get(i)));
        }
    }

    private static List<Event> events(SseEncoder encoder, List<Publication> publications) {
        Frame frame = encoder.encode(new Delivery(List.of(), publications, 0, 0));
        return EventStream.parse(((Frame.Bytes) frame).bytes()).events;
    }

    private static String text(WebSocketEncoder encoder, List<Publication> publications) {
        return ((Frame.Text) encoder.encode(new Delivery(List.of(), publications, 0, 0))).text();
    }

    private static String data(Publication publication) {
        return new String(publication.data(), UTF_8);
    }

    /** The one change on the way: every end of line is read as LF. */
    private static String onSse(String data) {
        return data.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static void isEventOf(Publication publication, Event event) {
        assertThat(event.lastEventId()).isEqualTo(Long.toString(publication.id()));
        assertThat(event.type()).isEqualTo(publication.event());
    }

    private static void isPublication(Publication publication, Node node, String data) {
        assertThat(node.at("id").number()).isEqualTo(publication.id());
        assertThat(node.at("channel").text()).isEqualTo(publication.channel());
        assertThat(node.at("event").text()).isEqualTo(publication.event());
        assertThat(node.at("time").number()).isEqualTo(publication.time());
        assertThat(node.at("data").raw()).isEqualTo(data.strip());
    }

    @Provide
    Arbitrary<List<Publication>> publications() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, Cursors.MAX),
                        channels(),
                        events(),
                        Json.documents(),
                        Arbitraries.longs().between(0, 4_102_444_800_000L))
                .as((id, channel, event, data, time) ->
                        new Publication(id, channel, event, data.getBytes(UTF_8), time, 0))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .withoutEdgeCases();
    }

    private static Arbitrary<String> channels() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("AZ09_:-")
                .ofMinLength(1)
                .ofMaxLength(20)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(segments -> String.join(".", segments));
    }

    /** What NewPublication allows, but for a lone half of a surrogate pair and for the name of gaps. */
    private static Arbitrary<String> events() {
        Arbitrary<String> any = Json.texts()
                .map(text -> text.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", ""))
                .filter(text -> !text.isEmpty() && text.length() <= 64 && !text.equals("gap"));
        return Arbitraries.oneOf(Arbitraries.just("message"), any);
    }
}
