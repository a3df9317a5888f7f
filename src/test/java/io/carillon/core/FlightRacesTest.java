package io.carillon.core;

import static io.carillon.support.Threads.join;

import io.carillon.support.Tries;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** A write that comes back from the outlet while it is completed, in the interleavings that Lincheck's model checker finds. */
class FlightRacesTest {

    @Test
    void oneOfTheDrainAndTheCompletionGoesOn() {
        Lincheck.runConcurrentTest(Tries.of(60), () -> {
            Flight flight = new Flight(0);
            Writes pass = new Writes(null, null, false);
            flight.start(1);
            boolean[] landed = {false};
            Thread completion = new Thread(() -> landed[0] = flight.land());
            completion.start();
            boolean left = flight.leave(pass);
            join(completion);
            if (left != landed[0]) {
                throw new AssertionError("left under way " + left + ", landed from under way " + landed[0]);
            }
            require(flight, pass);
        });
    }

    @Test
    void whoEndsMeanwhileHoldsUpNoPass() {
        Lincheck.runConcurrentTest(Tries.of(60), () -> {
            Flight flight = new Flight(0);
            Writes pass = new Writes(null, null, false);
            flight.start(1);
            Thread end = new Thread(flight::through);
            end.start();
            flight.leave(pass);
            join(end);
            flight.land();
            require(flight, pass);
        });
    }

    /** Each write that the pass has begun is completed once. */
    private static void require(Flight flight, Writes pass) {
        if (flight.busy() || pass.underWay() != 0) {
            throw new AssertionError("busy " + flight.busy() + ", under way for the pass " + pass.underWay());
        }
    }
}
