package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All connections of one user have a channel of their own; the archive must hold {@link HeaderUser}. */
interface UsersContract extends Contract {

    @Test
    default void aPublicationToAUserReachesAllConnectionsOfThatUserAndNobodyElse() {
        String channel = freshChannel();
        Publisher publisher = publisher();
        long start = publisher.publish(channel, "0");
        List<Subscriber> anns = new ArrayList<>();
        List<Subscriber> others = new ArrayList<>();
        Target ann = target().with(HeaderUser.HEADER, "ann");
        Target bob = target().with(HeaderUser.HEADER, "bob");
        try {
            for (Wire wire : Wire.values()) {
                anns.add(wire.subscriber(ann).connect(List.of(channel), start));
                others.add(wire.subscriber(bob).connect(List.of(channel), start));
                others.add(wire.subscriber(target()).connect(List.of(channel), start));
            }
            assertThat(Expect.until(Duration.ofSeconds(10), () -> present(channel) == 9))
                    .as("all nine are there: %s", presence(channel))
                    .isTrue();
            assertThat(users(channel)).isEqualTo(Map.of("\"ann\"", 3, "\"bob\"", 3, "null", 3));

            long first = publisher.publish("$user.ann", "1"); // the channel comes to be
            long all = publisher.publish(channel, "2");
            long second = publisher.publish("$user.ann", "3");
            long last = publisher.publish(channel, "4");

            anns.forEach(subscriber -> Expect.exactly(subscriber, List.of(first, all, second, last)));
            others.forEach(subscriber -> Expect.exactly(subscriber, List.of(all, last)));
        } finally {
            anns.forEach(Subscriber::close);
            others.forEach(Subscriber::close);
        }
    }

    private Map<String, Integer> users(String channel) {
        Map<String, Integer> users = new java.util.HashMap<>();
        for (JsonObject subscriber : presence(channel).objects("subscribers")) {
            users.merge(subscriber.raw("user"), 1, Integer::sum);
        }
        return users;
    }
}
