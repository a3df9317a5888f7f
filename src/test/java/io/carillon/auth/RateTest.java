package io.carillon.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.core.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
    private final ManualClock clock = new ManualClock();

    private int take(Rate rate, String name) {
        int taken = 0;
        while (rate.take(name, 1)) {
            taken++;
        }
        return taken;
    }

    @Test
    void afterARestABurstIsTakenAndThenThePace() {
        Rate rate = new Rate(50, 100, clock);
        assertThat(take(rate, "a")).isEqualTo(100);
        clock.advance(Duration.ofMillis(100));
        assertThat(take(rate, "a")).isEqualTo(5);
        clock.advance(Duration.ofHours(1));
        assertThat(take(rate, "a")).isEqualTo(100);
        assertThat(take(rate, "b")).as("somebody else's").isEqualTo(100);
    }

    @Test
    void whatIsTooMuchTakesNothing() {
        Rate rate = new Rate(10, 20, clock);
        assertThat(rate.take("a", 21)).isFalse();
        assertThat(rate.take("a", 20)).isTrue();
    }

    @Test
    void thousandsOfNamesAreForgottenWhenTheyRest() {
        Rate rate = new Rate(10, 20, clock);
        for (int i = 0; i < 10_001; i++) {
            rate.take("n" + i, 1);
        }
        clock.advance(Duration.ofSeconds(1));
        rate.take("one", 1);
        assertThat(rate.names()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "203.0.113.9, -, 203.0.113.9",
                "203.0.113.9, 198.51.100.7, 203.0.113.9",
                "127.0.0.1, -, 127.0.0.1",
                "127.0.0.1, 198.51.100.7, 198.51.100.7",
                "127.0.0.1, '198.51.100.7, 10.1.2.3', 198.51.100.7",
                "127.0.0.1, '10.9.9.9, 198.51.100.7', 198.51.100.7",
                "::1, 2001:db8::1, 2001:db8::1",
                "127.0.0.1, evil.example, 127.0.0.1",
                "127.0.0.1, '198.51.100.7, evil', 127.0.0.1",
                "10.200.0.1, 198.51.100.7, 198.51.100.7",
                "11.0.0.1, 198.51.100.7, 11.0.0.1",
            })
    void onlyWhatATrustedProxySaysIsBelieved(String peer, String forwarded, String origin) {
        assertThat(new Proxies("loopback, 10.0.0.0/8").origin(peer, forwarded)).isEqualTo(origin);
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Proxies("10.0.0.0/33"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proxies("example.org"));
    }

    @Test
    void originsAreComparedAsAWhole() {
        OriginPolicy policy = new OriginPolicy("https://Shop.example, http://localhost:3000");
        assertThat(policy.listed("https://shop.example")).isTrue();
        assertThat(policy.listed("https://shop.example:443")).isTrue();
        assertThat(policy.listed("https://shop.example:8443")).isFalse();
        assertThat(policy.listed("http://shop.example")).isFalse();
        assertThat(policy.listed("null")).isFalse();
        assertThat(OriginPolicy.same("https://hub.example", "hub.example")).isTrue();
        assertThat(OriginPolicy.same("http://hub.example:8080", "hub.example:8080"))
                .isTrue();
        assertThat(OriginPolicy.same("http://hub.example", "hub.example:8080")).isFalse();
        assertThat(OriginPolicy.same("http://hub.example.evil", "hub.example")).isFalse();
        assertThat(OriginPolicy.same("null", "null")).isFalse();
        assertThat(OriginPolicy.same("https://hub.example", null)).isFalse();
    }
}
