package io.carillon.admin;

import static io.carillon.admin.ConsoleFixture.ROOT;
import static io.carillon.admin.ConsoleFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.carillon.auth.Refusals;
import io.carillon.client.JsonObject;
import io.carillon.core.HubFigures;
import io.carillon.core.HubFigures.Durations;
import io.carillon.core.Transport;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.WireWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private final ConsoleFixture console = new ConsoleFixture();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void theFirstTickHasNothingToCompareWithAndTheSecondHas() {
        console.recorder.record();
        assertThat(console.recorder.newest()).isNull();
        console.hub.connect(Transport.SSE, "ann", "a");
        console.publish("a", 5);
        console.refusals.count(Refusals.What.READ, ErrorCode.FORBIDDEN);

        await().until(() -> {
            console.recorder.record(); // a tick that comes too soon after another is left out
            return console.recorder.newest() != null;
        });

        Sample second = console.recorder.newest();
        assertThat(second.sse()).isEqualTo(1);
        assertThat(second.webSocket()).isZero();
        assertThat(second.published()).isPositive().isEqualTo(second.delivered(), within(1e-9));
        assertThat(second.refused()).isEqualTo(second.published() / 5, within(1e-9));
        assertThat(second.heap()).isPositive();
        JsonObject answer = json(console.figures.figures("10", ROOT));
        assertThat(JsonObject.parse(answer.raw("now")).number("published")).isEqualTo(5);
        assertThat(JsonObject.elements(JsonObject.parse(answer.raw("samples")).raw("time")))
                .containsExactly(String.valueOf(second.time()));
    }

    @Test
    void ratesAreForASecondHoweverLongItTook() {
        HubFigures before = console.hub.hub().figures();
        console.publish("a", 6);
        HubFigures after = console.hub.hub().figures();
        HubFigures later = new HubFigures(
                after.node(),
                before.millis() + 2000,
                after.accepting(),
                after.head(),
                after.beatAge(),
                after.transports(),
                after.closed(),
                after.publishing(),
                after.gaps(),
                after.fanOutLag(),
                after.evicted(),
                after.use(),
                after.log());
        Sample sample = Sample.between(before, later, 4, 100);
        assertThat(sample.published()).isEqualTo(3);
        assertThat(sample.refused()).isEqualTo(2);
        assertThat(sample.append()).isPositive();
    }

    @Test
    void theSlowestOfAHundredIsOfWhatCameBetween() {
        double[] bounds = {0.001, 0.01};
        Durations before = new Durations(bounds, new long[] {1000, 0, 500}, 0);
        assertThat(Sample.millis(before, new Durations(bounds, new long[] {1099, 1, 500}, 0)))
                .isEqualTo(1);
        assertThat(Sample.millis(before, new Durations(bounds, new long[] {1098, 2, 500}, 0)))
                .isEqualTo(10);
        assertThat(Sample.millis(before, new Durations(bounds, new long[] {1000, 0, 501}, 0)))
                .isEqualTo(10);
        assertThat(Sample.millis(before, before)).isZero();
    }

    @Test
    void decimalsAreShort() {
        for (List<?> pair : List.of(
                List.of(0.0, "0"),
                List.of(1.5, "1.5"),
                List.of(1.005, "1"),
                List.of(1.07, "1.07"),
                List.of(12345678.9, "12345678.9"),
                List.of(-1.0, "0"))) {
            WireWriter to = new WireWriter(16);
            FiguresJson.decimal(to, (Double) pair.get(0));
            assertThat(to.toString()).isEqualTo(pair.get(1));
        }
    }
}
