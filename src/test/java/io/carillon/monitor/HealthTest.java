package io.carillon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.core.Hub;
import io.carillon.core.LogHealth;
import io.carillon.support.LogOver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static String json(Health health, boolean reasons) {
        return new String(health.json(reasons), StandardCharsets.UTF_8);
    }

    @Test
    void aHubThatRunsIsUp() {
        Health all = Health.all(Watched.hub("h").figures());
        assertThat(all.up()).isTrue();
        JsonObject said = JsonObject.parse(json(all, true));
        assertThat(said.text("status")).isEqualTo("UP");
        assertThat(said.objects("checks"))
                .extracting(check -> check.text("name") + check.text("status"))
                .containsExactly("timerUP", "acceptingUP", "logUP");
    }

    @Test
    void aHubThatGoesDownIsNotReadyButLives() {
        Hub hub = Watched.hub("h");
        hub.shutdown(Duration.ZERO);
        assertThat(Health.ready(hub.figures()).up()).isFalse();
        assertThat(Health.live(hub.figures()).up()).isTrue();
        assertThat(json(Health.ready(hub.figures()), false)).startsWith("{\"status\":\"DOWN\",\"checks\":[");
    }

    @Test
    void aHubWhoseLogHasFailedIsNotReadyAndSaysWhyToWhoMayKnow() {
        Hub hub = Watched.hub("h", new FailedLog());
        assertThat(Health.ready(hub.figures()).up()).isFalse();
        assertThat(json(Health.ready(hub.figures()), false)).doesNotContain("the disk of sda1");
        assertThat(json(Health.ready(hub.figures()), true))
                .contains("{\"name\":\"log\",\"status\":\"DOWN\",\"data\":{\"reason\":\"the disk of sda1\"}}");
    }

    /** Takes everything as it comes, but says that it does not. */
    private static final class FailedLog extends LogOver {
        FailedLog() {
            super(Watched.memory());
        }

        @Override
        public LogHealth health() {
            return new LogHealth("the disk of sda1", false, 0, 0, 0, 0);
        }
    }
}
