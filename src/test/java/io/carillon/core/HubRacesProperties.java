package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.FakeOutlet.Mode;
import io.carillon.core.Race.Since;
import io.carillon.support.Tries;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The promise while two threads are at the hub at the same moment, with whatever each does: publish, open, subscribe,
 * unsubscribe, close, complete a write, sweep. Each pair of short stories is run many times on real threads.
 */
class HubRacesProperties {
    private static final int RUNS = 30;
    private static final TwoThreads THREADS = new TwoThreads();

    @AfterContainer
    static void end() {
        THREADS.close();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 300, shrinking = ShrinkingMode.OFF)
    void nothingIsLostRepeatedOrOutOfOrderWhateverMeets(
            @ForAll("sizes") Race.Size size,
            @ForAll("before") List<Step<Race>> before,
            @ForAll("here") List<Step<Race>> here,
            @ForAll("there") List<Step<Race>> there) {
        for (int i = 0; i < Tries.of(RUNS); i++) {
            Race race = new Race(size);
            run(before, race);
            race.begin();
            THREADS.run(() -> run(here, race), () -> run(there, race));
            race.end();
            assertThat(race.violations()).isEmpty();
        }
    }

    private static void run(List<Step<Race>> steps, Race race) {
        for (Step<Race> step : steps) {
            step.action().accept(race);
        }
    }

    @Provide
    Arbitrary<Race.Size> sizes() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 5),
                        Arbitraries.integers().between(2, 3),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(Mode.INLINE, Mode.EARLY, Mode.BY_HAND)
                                .list()
                                .ofSize(Race.CLIENTS))
                .as(Race.Size::new);
    }

    @Provide
    Arbitrary<List<Step<Race>>> before() {
        return Arbitraries.oneOf(steps(0), steps(1), steps(2)).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Step<Race>>> here() {
        return Arbitraries.oneOf(steps(0), steps(2)).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Step<Race>>> there() {
        return steps(1).list().ofMinSize(1).ofMaxSize(4);
    }

    /** @param own the client whose thread it is */
    private static Arbitrary<Step<Race>> steps(int own) {
        return Arbitraries.frequencyOf(
                Tuple.of(8, publish()),
                Tuple.of(8, subscribe(own)),
                Tuple.of(3, targets().map(t -> new Step<>("unsubscribe " + own + ' ' + t, r -> r.unsubscribe(own, t)))),
                Tuple.of(6, clients().map(c -> new Step<>("complete " + c, r -> r.complete(c)))),
                Tuple.of(1, clients().map(c -> new Step<>("close " + c, r -> r.close(c)))),
                Tuple.of(1, clients().map(c -> new Step<>("leave " + c, r -> r.leave(c)))),
                Tuple.of(8, Arbitraries.just(new Step<>("fan out", Race::fanOut))),
                Tuple.of(2, Arbitraries.just(new Step<>("sweep", Race::sweep))));
    }

    private static Arbitrary<Step<Race>> publish() {
        return Arbitraries.integers()
                .between(0, Race.CHANNELS.size() - 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(where -> new Step<>("publish to " + where, race -> race.publish(where)));
    }

    private static Arbitrary<Step<Race>> subscribe(int own) {
        return Combinators.combine(targets(), Arbitraries.of(Since.class))
                .as((target, since) -> new Step<>(
                        "subscribe " + own + ' ' + target + " since " + since,
                        race -> race.subscribe(own, target, since)));
    }

    private static Arbitrary<String> targets() {
        return Arbitraries.of(Race.TARGETS);
    }

    private static Arbitrary<Integer> clients() {
        return Arbitraries.integers().between(0, Race.CLIENTS - 1);
    }
}
