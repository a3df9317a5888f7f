package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the hub sends what outlets have put aside. */
class OutboxTest {
    private final HandDrivenExecutor lanes = new HandDrivenExecutor();
    private final TestHub hub = TestHub.with(settings -> settings.lanes(1), lanes);
    private final List<FakeOutlet> crowd = new ArrayList<>();

    /** How many had been written to at each sending. */
    private final List<Long> sendings = new ArrayList<>();

    private final Outbox outbox = () -> sendings.add(served());

    private long served() {
        return crowd.stream().filter(client -> !client.ids().isEmpty()).count();
    }

    private FakeOutlet client() {
        FakeOutlet client = new FakeOutlet(LineEncoder.batch(), FakeOutlet.Mode.BY_HAND).puttingAsideIn(outbox);
        crowd.add(client);
        return client;
    }

    private void crowd(int count) {
        for (int i = 0; i < count; i++) {
            hub.open(client(), null, "many");
        }
        crowd.forEach(FakeOutlet::completeAll); // what it was told at the opening
        sendings.clear();
    }

    @Test
    void onceWhenThePassHasWrittenToAll() {
        crowd(Writes.MOST * 3);
        hub.publish("many");
        lanes.runAll();
        assertThat(sendings).containsExactly(Writes.MOST * 3L);
    }

    @Test
    void beforeThePassRests() {
        int more = 10;
        crowd(Writes.MOST_TOGETHER + more);
        hub.publish("many");
        lanes.runAll();
        assertThat(sendings).containsExactly((long) Writes.MOST_TOGETHER);

        int enough = Writes.MOST_TOGETHER - Writes.FEW;
        crowd.subList(0, enough - 1).forEach(FakeOutlet::complete);
        lanes.runAll();
        assertThat(sendings).hasSize(1);
        crowd.get(enough - 1).complete();
        lanes.runAll();
        assertThat(sendings).containsExactly((long) Writes.MOST_TOGETHER, (long) Writes.MOST_TOGETHER + more);
    }

    @Test
    void onceAlsoWhenALittleWasPublishedMeanwhile() {
        publishDuringAPass(Turn.MANY - 1);
        assertThat(sendings).hasSize(1);
        assertThat(crowd).allSatisfy(client -> assertThat(client.ids()).hasSize(Turn.MANY));
    }

    @Test
    void oneByOneWhenMuchWasPublishedMeanwhile() {
        publishDuringAPass(Turn.MANY);
        assertThat(sendings).hasSize(Writes.MOST);
        assertThat(crowd.stream().filter(client -> client.ids().size() > 1)).hasSize(Writes.MOST);
    }

    private void publishDuringAPass(int count) {
        crowd(Writes.MOST + 10);
        hub.publish("many");
        lanes.runAll();
        for (int i = 0; i < count; i++) {
            hub.publish("many");
        }
        sendings.clear();
        crowd.forEach(FakeOutlet::complete);
        lanes.runAll();
    }

    @Test
    void atOnceWithoutAPass() {
        hub.publish("a");
        hub.publish("b");
        lanes.runAll();
        sendings.clear();
        hub.open(client(), 0L, "a");
        assertThat(crowd.get(0).ids()).hasSize(1);
        assertThat(sendings).containsExactly(1L);
    }

    @Test
    void atOnceForAGoodbye() {
        Connection connection = hub.open(client(), null, "a");
        crowd.get(0).completeAll();
        sendings.clear();
        connection.close(CloseReason.DONE);
        assertThat(crowd.get(0).goodbyes()).hasSize(1);
        assertThat(sendings).hasSize(1);
    }
}
