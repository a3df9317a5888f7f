package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.MassClient;
import io.carillon.client.Publisher;
import io.carillon.client.Received;
import io.carillon.client.Subscriber;
import io.carillon.client.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One keyboard, many bells: what is published reaches all, once, in order, unchanged. */
interface FanOutContract extends Contract {
    int BURST = 100;

    /** How many hear a burst. */
    default int subscribers() {
        return 1_000;
    }

    @Test
    default void eachOfABurstReachesEverySubscriberOnceInOrder() {
        String channel = freshChannel();
        Publisher publisher = publisher();
        long start = publisher.publish(channel, "\"before\"");
        try (MassClient crowd = new MassClient(target(), wire(), subscribers()).connect(List.of(channel), start)) {
            List<Long> ids = new ArrayList<>();
            for (int n = 0; n < BURST / 2; n++) {
                ids.add(publisher.publish(channel, "{\"n\":" + n + "}"));
            }
            ids.addAll(publisher.burst(channel, BURST / 2));

            assertThat(ids).isSorted().doesNotHaveDuplicates();
            Expect.exactly(crowd, ids);
        }
    }

    @Test
    default void aSubscriberWithoutACursorGetsWhatIsPublishedFromNowOn() {
        String channel = freshChannel();
        Publisher publisher = publisher();
        publisher.burst(channel, 5);
        try (Subscriber subscriber = connect(List.of(channel), null)) {
            if (wire() == Wire.POLL) {
                assertThat(Expect.until(java.time.Duration.ofSeconds(10), () -> present(channel) == 1))
                        .as("%s is held at the hub", subscriber)
                        .isTrue();
            }

            List<Long> ids = publisher.burst(channel, 5);

            Expect.exactly(subscriber, ids);
        }
    }

    @Test
    default void dataArrivesAsItWasSent() {
        String channel = freshChannel();
        Publisher publisher = publisher();
        List<String> sent = List.of(
                "{\"a\" : [1.50, 1e3,-0.0 ,12345678901234567890.1],  \"b\":{ } }",
                "\"Grüße \\u00e9 \\ud83d\\ude00 😀 \\\" \\\\ \\/ \\b\\f\\n\\r\\t\"",
                "[]",
                "null",
                "true",
                "3",
                "{\"deep\":" + "[".repeat(40) + "]".repeat(40) + "}",
                "{\n  \"lines\": [\n    1,\n\n    2\n  ]\n}",
                "\"" + "x".repeat(60_000) + "\"",
                "\"\u2028\u2029 data: id: 1 event: gap\"",
                "{\"type\":\"message\",\"id\":1,\"channel\":\"other\"}");
        try (Subscriber subscriber = connect(List.of(channel), publisher.publish(channel, "0"))) {
            List<Long> ids = new ArrayList<>();
            for (String data : sent) {
                ids.add(publisher.publish(channel, "kind", data));
            }

            Expect.exactly(subscriber, ids);
            List<String> got =
                    subscriber.received().stream().map(Received::data).toList();
            // A line of an event stream ends with any line break, so there the bytes of that space are not kept.
            assertThat(got).as("%s", subscriber).isEqualTo(sent);
            assertThat(subscriber.received())
                    .allSatisfy(publication -> assertThat(publication.event()).isEqualTo("kind"))
                    .allSatisfy(publication -> assertThat(publication.channel()).isEqualTo(channel));
        }
    }

    @Test
    default void carriageReturnsInDataDoNotChangeWhatItMeans() {
        String channel = freshChannel();
        Publisher publisher = publisher();
        String sent = "{\r\n\t\"a\":\r[1,\r\r2]\r\n}";
        try (Subscriber subscriber = connect(List.of(channel), publisher.publish(channel, "0"))) {
            Expect.exactly(subscriber, List.of(publisher.publish(channel, sent)));

            String got = subscriber.received().get(0).data();
            assertThat(JsonObject.compact(got)).isEqualTo(JsonObject.compact(sent));
            if (wire() != Wire.SSE) {
                assertThat(got).isEqualTo(sent);
            }
        }
    }

    @Test
    default void aBroadcastIsOnePublicationInEachChannel() {
        List<String> channels = List.of(freshChannel(), freshChannel(), freshChannel());
        Publisher publisher = publisher();
        try (Subscriber subscriber = connect(channels, publisher.publish(channels.get(0), "0"))) {
            List<Long> ids = publisher.broadcast(channels, "{\"to\":\"all\"}");

            Expect.exactly(subscriber, ids);
            assertThat(subscriber.received().stream().map(Received::channel))
                    .as("%s", subscriber)
                    .containsExactlyElementsOf(channels);
        }
    }

    @Test
    default void aPublicationToOneConnectionReachesNobodyElse() {
        String channel = freshChannel();
        Publisher publisher = publisher();
        long start = publisher.publish(channel, "0");
        try (Subscriber other = connect(List.of(channel), start)) {
            Expect.until(java.time.Duration.ofSeconds(10), () -> present(channel) == 1);
            String otherId = presence(channel).objects("subscribers").get(0).text("connection");
            try (Subscriber one = connect(List.of(channel), start)) {
                Expect.until(java.time.Duration.ofSeconds(10), () -> present(channel) == 2);
                String id = presence(channel).objects("subscribers").stream()
                        .map(subscriber -> subscriber.text("connection"))
                        .filter(connection -> !connection.equals(otherId))
                        .findFirst()
                        .orElseThrow();

                long direct = publisher.publish("$connection." + id, "{\"only\":\"you\"}");

                Expect.exactly(one, List.of(direct));
                if (wire() != Wire.POLL) { // a poll's connection is over with its answer
                    long all = publisher.publish(channel, "1");
                    Expect.exactly(one, List.of(direct, all));
                    Expect.exactly(other, List.of(all));
                }
                assertThat(other.received()).noneMatch(publication -> publication.id() == direct);
            }
        }
    }
}
