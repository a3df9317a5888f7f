package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.carillon.core.Delivery;
import io.carillon.core.Encoder;
import io.carillon.core.Frame;
import io.carillon.core.Gap;
import io.carillon.core.Publication;
import io.carillon.protocol.TinyJson.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays {@code golden/delivery}: each file says what one write shall carry, and the very bytes of it on each
 * transport. WebSocket without batches is one line for each frame.
 */
class DeliveryGoldenTest {

    @TestFactory
    Stream<DynamicTest> eachTransportWritesWhatItsGoldenFileHas() throws Exception {
        return Golden.folder("delivery").stream().flatMap(DeliveryGoldenTest::tests);
    }

    private static Stream<DynamicTest> tests(Golden golden) {
        Delivery delivery = delivery(golden.section("delivery"));
        return golden.sections().entrySet().stream()
                .skip(1)
                .map(section -> dynamicTest(golden.name() + " on " + section.getKey(), () -> {
                    assertThat(written(section.getKey(), delivery)).isEqualTo(section.getValue());
                }));
    }

    private static String written(String transport, Delivery delivery) {
        return switch (transport) {
            case "sse" -> encode(SseEncoder.PLAIN, delivery);
            case "sse envelope" -> encode(SseEncoder.ENVELOPE, delivery);
            case "websocket" -> oneByOne(delivery);
            case "websocket batch" -> encode(WebSocketEncoder.BATCH, delivery) + "\n";
            case "long-poll" -> encode(PollEncoder.INSTANCE, delivery) + "\n";
            default -> throw new IllegalArgumentException(transport);
        };
    }

    private static String encode(Encoder encoder, Delivery delivery) {
        Frame frame = encoder.encode(delivery);
        List<Publication> all = delivery.publications();
        long last = all.isEmpty() ? 0 : all.get(all.size() - 1).id();
        assertThat(frame.publications()).isEqualTo(all.size());
        assertThat(frame.lastId()).isEqualTo(encoder == PollEncoder.INSTANCE ? delivery.cursor() : last);
        return content(frame);
    }

    private static String oneByOne(Delivery delivery) {
        StringBuilder frames = new StringBuilder();
        for (Gap gap : delivery.gaps()) {
            frames.append(content(WebSocketEncoder.SINGLE.encodeGap(gap))).append('\n');
        }
        for (Publication publication : delivery.publications()) {
            Delivery alone = new Delivery(List.of(), List.of(publication), publication.id(), 0);
            frames.append(encode(WebSocketEncoder.SINGLE, alone)).append('\n');
        }
        return frames.toString();
    }

    private static String content(Frame frame) {
        return frame instanceof Frame.Bytes bytes ? new String(bytes.bytes(), UTF_8) : ((Frame.Text) frame).text();
    }

    /** One JSON object in each line: a gap, a publication with its data as a string, or the cursors. */
    private static Delivery delivery(String lines) {
        List<Gap> gaps = new ArrayList<>();
        List<Publication> publications = new ArrayList<>();
        long cursor = 0;
        long gapCursor = 0;
        for (String line : lines.lines().toList()) {
            Node node = TinyJson.parse(line);
            if (node.members().containsKey("from")) {
                gaps.add(new Gap(
                        node.at("channel").text(),
                        node.at("from").number(),
                        node.at("to").number()));
            } else if (node.members().containsKey("data")) {
                publications.add(new Publication(
                        node.at("id").number(),
                        node.at("channel").text(),
                        node.at("event").text(),
                        node.at("data").text().getBytes(UTF_8),
                        node.at("time").number(),
                        0));
            } else {
                cursor = node.at("cursor").number();
                gapCursor = node.at("gapCursor").number();
            }
        }
        return new Delivery(gaps, publications, cursor, gapCursor);
    }
}
