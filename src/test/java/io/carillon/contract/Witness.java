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

/** Runs inside the server under test: says on a channel what it observes. */
@ApplicationScoped
public class Witness {
    static final String CHANNEL = "seen";

    @Inject
    Carillon carillon;

    void occupied(@Observes Occupied event) {
        say("occupied " + event.channel());
    }

    void joined(@Observes Joined event) {
        say("joined " + event.member().id() + " " + event.count());
        carillon.publishToUser("ann", "hello", "1");
    }

    void left(@Observes Left event) {
        say("left " + event.member().id() + " " + event.count());
    }

    void vacated(@Observes Vacated event) {
        say("vacated, members " + carillon.presence(event.channel()).orElseThrow().count());
    }

    void published(@Observes Published event) {
        if (event.event().equals("order")) {
            say("published " + event.channel() + " " + event.data().length + " bytes");
            throw new IllegalStateException("an observer that fails is no trouble");
        }
    }

    private void say(String text) {
        carillon.publish(CHANNEL, "message", "\"" + text + "\"");
    }
}
