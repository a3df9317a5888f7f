package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Members under random steps, against an oracle that counts on its fingers: {@link Guests}. */
class PresenceProperties {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatIsToldAndListedIsWhatHasHappened(@ForAll("steps") List<Step<Guests>> steps) {
        Guests guests = new Guests();
        for (Step<Guests> step : steps) {
            step.action().accept(guests);
            guests.check();
        }
        guests.allLeave();
        assertThat(guests.told()).isEmpty();
    }

    @Provide
    Arbitrary<List<Step<Guests>>> steps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, open()),
                        Tuple.of(4, slotAndRoom("subscribe", Guests::subscribe)),
                        Tuple.of(4, slotAndRoom("unsubscribe", Guests::unsubscribe)),
                        Tuple.of(4, slotAndRoom("gone", (guests, slot, room) -> guests.end(slot, CloseReason.GONE))),
                        Tuple.of(3, slotAndRoom("done", (guests, slot, room) -> guests.end(slot, CloseReason.DONE))),
                        Tuple.of(1, slotAndRoom("kick", (guests, slot, room) -> guests.end(slot, CloseReason.KICKED))),
                        Tuple.of(2, slotAndRoom("identify", (guests, slot, room) -> guests.identify(slot))),
                        Tuple.of(6, pass()),
                        Tuple.of(8, Arbitraries.just(new Step<>("announce", Guests::announce))))
                .list()
                .ofMaxSize(80);
    }

    private static Arbitrary<Step<Guests>> open() {
        return Combinators.combine(
                        slots(),
                        Arbitraries.of(Transport.class),
                        Arbitraries.of("user ann", "user bob", "name tab", "name app", "nobody"),
                        Arbitraries.of(Guests.ROOMS).list().uniqueElements().ofMaxSize(2))
                .as((slot, transport, who, rooms) -> new Step<>(
                        "open " + slot + ' ' + transport + ' ' + who + ' ' + rooms,
                        guests -> guests.open(slot, transport, who, rooms)));
    }

    private interface Action {
        void accept(Guests guests, int slot, String room);
    }

    private static Arbitrary<Step<Guests>> slotAndRoom(String name, Action action) {
        return Combinators.combine(slots(), Arbitraries.of(Guests.ROOMS))
                .as((slot, room) ->
                        new Step<>(name + ' ' + slot + ' ' + room, guests -> action.accept(guests, slot, room)));
    }

    private static Arbitrary<Step<Guests>> pass() {
        return Arbitraries.of(1, 4_999, 5_000, 9_999, 10_000)
                .map(millis -> new Step<>("pass " + millis + " ms", guests -> guests.pass(Duration.ofMillis(millis))));
    }

    private static Arbitrary<Integer> slots() {
        return Arbitraries.integers().between(0, Guests.SLOTS - 1);
    }
}
