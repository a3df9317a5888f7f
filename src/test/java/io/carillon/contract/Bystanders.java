package io.carillon.contract;

import io.carillon.client.Publisher;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.Wire;
import java.util.ArrayList;
import java.util.List;

/** One well-behaved client on each transport, whose streams must stay exact whatever others do. */
final class Bystanders implements AutoCloseable {
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private final Publisher publisher;
    private final String channel;

    Bystanders(Target target, String channel) {
        this.publisher = new Publisher(target);
        this.channel = channel;
        long start = publisher.publish(channel, "0");
        for (Wire wire : Wire.values()) {
            subscribers.add(wire.subscriber(target).connect(List.of(channel), start));
        }
        publish();
    }

    void publish() {
        sent.addAll(publisher.burst(channel, 5));
    }

    /** All of it has come to each of them. */
    @Override
    public void close() {
        publish();
        try {
            subscribers.forEach(subscriber -> Expect.exactly(subscriber, sent));
        } finally {
            subscribers.forEach(Subscriber::close);
        }
    }
}
