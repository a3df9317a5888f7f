package io.carillon.contract;

import io.carillon.cdi.Carillon;
import io.carillon.cdi.Joined;
import io.carillon.cdi.Left;
import io.carillon.cdi.Occupied;
import io.carillon.cdi.Published;
import io.carillon.cdi.Vacated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Runs inside the server under test, as the application that has the hub inside: says on the channel {@code seen.<room>} what
 * it observes of that room, and thanks who publishes an order.
 */
@ApplicationScoped
public class Witness {
    @Inject
    Carillon carillon;

    void occupied(@Observes Occupied event) {
        say(event.channel(), "occupied");
    }

    void joined(@Observes Joined event) {
        say(event.channel(), "joined " + event.member().id() + " " + event.count());
    }

    void left(@Observes Left event) {
        say(event.channel(), "left " + event.member().id() + " " + event.count());
    }

    void vacated(@Observes Vacated event) {
        int members = carillon.presence(event.channel()).orElseThrow().count();
        say(event.channel(), "vacated, members " + members);
    }

    void published(@Observes Published event) {
        if (event.event().equals("order")) {
            say(event.channel(), "published " + event.data().length + " bytes");
            carillon.publishToUser("ann", "thanks", "1");
            throw new IllegalStateException("an observer that fails is no trouble");
        }
    }

    private void say(String room, String text) {
        carillon.publish("seen." + room, "message", "\"" + text + "\"");
    }
}
