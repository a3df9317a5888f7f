package io.carillon.core;

import io.carillon.core.FakeOutlet.Mode;
import io.carillon.core.World.Since;
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

/** The promise under random steps: whatever clients, publishers, time and eviction do, in whatever order. */
class DeliveryProperties {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void nothingIsLostInSilenceRepeatedOrOutOfOrder(
            @ForAll("sizes") World.Size size, @ForAll("steps") List<Step<World>> steps) {
        World world = new World(size);
        for (Step<World> step : steps) {
            step.action().accept(world);
            world.check();
        }
        world.settle();
    }

    @Provide
    Arbitrary<World.Size> sizes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(2, 7),
                        Arbitraries.integers().between(4, 40),
                        Arbitraries.integers().between(1, 4))
                .as(World.Size::new);
    }

    @Provide
    Arbitrary<List<Step<World>>> steps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(12, publish()),
                        Tuple.of(4, open()),
                        Tuple.of(5, subscribe()),
                        Tuple.of(3, unsubscribe()),
                        Tuple.of(3, reconnect()),
                        Tuple.of(1, slotStep("leave", World::leave)),
                        Tuple.of(1, slotStep("close", World::close)),
                        Tuple.of(8, slotStep("complete", World::complete)),
                        Tuple.of(3, become()),
                        Tuple.of(8, fanOut()),
                        Tuple.of(2, pass()),
                        Tuple.of(2, Arbitraries.just(new Step<>("sweep", World::sweep))))
                .list()
                .ofMaxSize(60);
    }

    private static Arbitrary<Step<World>> publish() {
        Arbitrary<List<Integer>> channels = Arbitraries.integers()
                .between(0, World.CHANNELS.size() - 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
        return Combinators.combine(channels, Arbitraries.of(0, 0, 0, 2, 15))
                .as((where, ttl) ->
                        new Step<>("publish to " + where + " ttl " + ttl, world -> world.publish(where, ttl)));
    }

    private static Arbitrary<Step<World>> open() {
        return Combinators.combine(
                        slots(),
                        targets().list().uniqueElements().ofMaxSize(4),
                        sinces(),
                        places(),
                        encoders(),
                        modes())
                .as((slot, targets, since, place, encoder, mode) -> new Step<>(
                        "open " + slot + ' ' + targets + " since " + since + ' ' + place + " encoder " + encoder + ' '
                                + mode,
                        world -> world.open(slot, targets, since, place, encoder, mode)));
    }

    private static Arbitrary<Step<World>> subscribe() {
        return Combinators.combine(slots(), targets(), sinces(), places())
                .as((slot, target, since, place) -> new Step<>(
                        "subscribe " + slot + ' ' + target + " since " + since + ' ' + place,
                        world -> world.subscribe(slot, target, since, place)));
    }

    private static Arbitrary<Step<World>> unsubscribe() {
        return Combinators.combine(slots(), targets())
                .as((slot, target) ->
                        new Step<>("unsubscribe " + slot + ' ' + target, world -> world.unsubscribe(slot, target)));
    }

    private static Arbitrary<Step<World>> reconnect() {
        return Combinators.combine(slots(), modes())
                .as((slot, mode) -> new Step<>("reconnect " + slot + ' ' + mode, world -> world.reconnect(slot, mode)));
    }

    private static Arbitrary<Step<World>> become() {
        return Combinators.combine(slots(), modes())
                .as((slot, mode) -> new Step<>("become " + slot + ' ' + mode, world -> world.become(slot, mode)));
    }

    private static Arbitrary<Step<World>> fanOut() {
        return Arbitraries.integers()
                .between(1, 6)
                .map(tasks -> new Step<>("fan out " + tasks, world -> world.fanOut(tasks)));
    }

    private static Arbitrary<Step<World>> pass() {
        return Arbitraries.of(1, 5, 21)
                .map(seconds -> new Step<>("pass " + seconds + " s", world -> world.pass(Duration.ofSeconds(seconds))));
    }

    private interface SlotAction {
        void accept(World world, int slot);
    }

    private static Arbitrary<Step<World>> slotStep(String name, SlotAction action) {
        return slots().map(slot -> new Step<>(name + ' ' + slot, world -> action.accept(world, slot)));
    }

    private static Arbitrary<Integer> slots() {
        return Arbitraries.integers().between(0, World.CLIENTS - 1);
    }

    private static Arbitrary<String> targets() {
        return Arbitraries.of(World.TARGETS);
    }

    private static Arbitrary<Since> sinces() {
        return Arbitraries.of(Since.class);
    }

    private static Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 30);
    }

    private static Arbitrary<Integer> encoders() {
        return Arbitraries.integers().between(0, 2);
    }

    private static Arbitrary<Mode> modes() {
        return Arbitraries.of(Mode.INLINE, Mode.EARLY, Mode.BY_HAND);
    }
}
