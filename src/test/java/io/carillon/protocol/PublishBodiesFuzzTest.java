package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.core.ChannelName;
import io.carillon.core.Delivery;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.protocol.TinyJson.Node;
import java.util.Arrays;
import java.util.List;

/** Whatever is sent to be published: what is taken reaches every client as it was sent, and brings nothing else with it. */
class PublishBodiesFuzzTest {
    private static final long DATA_LIMIT = 4096;

    /** The data is the whole body. */
    @FuzzTest(maxDuration = "3m")
    void data(byte[] json) {
        try {
            RawJson.check(json);
        } catch (InvalidJsonException e) {
            OneLine.check(e.code(), String.valueOf(e.getMessage()));
            return;
        }
        delivered(new Publication(7, "a.b", "message", json, 1, 0));
    }

    /** The event is the first line, the data the rest. */
    @FuzzTest(maxDuration = "3m")
    void events(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '|') {
            end++;
        }
        String event = new String(input, 0, end, UTF_8);
        byte[] json = Arrays.copyOfRange(input, Math.min(input.length, end + 1), input.length);
        try {
            RawJson.check(json);
            NewPublication taken = Submissions.of(new ChannelName("a"), event, json, null, null, false);
            delivered(new Publication(7, "a", taken.event(), taken.data(), 1, 0));
        } catch (ProtocolException e) {
            OneLine.check(e.code(), String.valueOf(e.getMessage()));
        }
    }

    @FuzzTest(maxDuration = "3m")
    void batches(byte[] body) {
        Batch batch;
        try {
            batch = Batch.parse(body, DATA_LIMIT);
        } catch (ProtocolException e) {
            OneLine.check(e.code(), String.valueOf(e.getMessage()));
            return;
        }
        assertThat(batch.publications()).hasSizeBetween(1, Batch.MOST);
        long bytes = 0;
        for (NewPublication publication : batch.publications()) {
            ClientMessagesFuzzTest.publishable(publication);
            assertThat(publication.data().length).isLessThanOrEqualTo((int) DATA_LIMIT);
            bytes += publication.data().length;
        }
        assertThat(bytes).isLessThanOrEqualTo(Batch.MOST_BYTES);
        NewPublication first = batch.publications().get(0);
        delivered(new Publication(7, first.channel().value(), first.event(), first.data(), 1, 0));
    }

    /** On every transport it is one publication, with that event and that data. */
    private static void delivered(Publication publication) {
        String data = new String(publication.data(), UTF_8);
        String onSse = data.replace("\r\n", "\n").replace('\r', '\n');

        EventStream plain = EventStream.parse(bytes(SseEncoder.PLAIN, publication));
        assertThat(plain.events).containsExactly(new EventStream.Event("7", publication.event(), onSse));
        assertThat(plain.comments).isEmpty();
        assertThat(plain.retry).isEqualTo(-1);

        EventStream envelope = EventStream.parse(bytes(SseEncoder.ENVELOPE, publication));
        assertThat(envelope.events).hasSize(1);
        isPublication(publication, TinyJson.parse(envelope.events.get(0).data()), onSse);

        isPublication(publication, TinyJson.parse(text(publication)), data);
        Node poll = TinyJson.parse(new String(bytes(PollEncoder.INSTANCE, publication), UTF_8));
        assertThat(poll.at("messages").items()).hasSize(1);
        isPublication(publication, poll.at("messages").items().get(0), data);
    }

    private static void isPublication(Publication publication, Node node, String data) {
        assertThat(node.at("id").number()).isEqualTo(publication.id());
        assertThat(node.at("event").text()).isEqualTo(publication.event());
        assertThat(node.at("channel").text()).isEqualTo(publication.channel());
        assertThat(node.at("data").raw()).isEqualTo(data.strip());
    }

    private static byte[] bytes(Encoder encoder, Publication publication) {
        return ((Frame.Bytes) encoder.encode(new Delivery(List.of(), List.of(publication), 7, 0))).bytes();
    }

    private static String text(Publication publication) {
        Delivery delivery = new Delivery(List.of(), List.of(publication), 0, 0);
        return ((Frame.Text) WebSocketEncoder.SINGLE.encode(delivery)).text();
    }
}
