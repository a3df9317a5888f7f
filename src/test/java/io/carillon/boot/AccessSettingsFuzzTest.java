package io.carillon.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.auth.OriginPolicy;
import io.carillon.auth.Revocations;
import io.carillon.config.Config;
import io.carillon.config.InvalidConfigException;
import io.carillon.config.Key;
import io.carillon.config.Layer;
import io.carillon.config.Sources;
import io.carillon.core.HubClock;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whatever an operator writes about who may do what: it is refused as configuration, with all else that is, or it works. */
class AccessSettingsFuzzTest {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private final Guards guards = new Guards();

    @FuzzTest(maxDuration = "2m")
    void permissions(byte[] input) {
        Config everybody = config(Key.ACCESS_EVERYBODY, input);
        if (everybody != null) {
            guards.policy(everybody);
        }
        Config known = config(Key.ACCESS_KNOWN, input);
        assertThat(known == null).isEqualTo(everybody == null);
    }

    @FuzzTest(maxDuration = "2m")
    void roles(byte[] input) {
        Config config = config(Key.ACCESS_ROLES, input);
        if (config != null) {
            guards.roles(config).identity("ann", role -> true);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void proxies(byte[] input) {
        Config config = config(Key.PROXIES, input);
        if (config != null) {
            guards.proxies(config);
        }
    }

    /** Origins in the first line, the place of the keys in the second. */
    @FuzzTest(maxDuration = "2m")
    void addresses(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        Config origins = config(Key.ORIGINS, new String(input, 0, end, UTF_8));
        if (origins != null) {
            assertThat(new OriginPolicy(origins.name(Key.ORIGINS)).listed("https://evil.example"))
                    .isEqualTo(
                            origins.name(Key.ORIGINS).toLowerCase(Locale.ROOT).contains("https://evil.example"));
        }
        Config keys = config(
                Key.TOKEN_JWKS,
                new String(input, Math.min(input.length, end + 1), Math.max(0, input.length - end - 1), UTF_8));
        if (keys != null) {
            String place = keys.name(Key.TOKEN_JWKS);
            if (place.regionMatches(true, 0, "http:", 0, 5)) {
                assertThat(URI.create(place).getHost())
                        .as("keys in clear text from %s", place)
                        .isIn(LOOPBACK);
            }
            guards.tokens(keys, new Revocations(HubClock.SYSTEM));
        }
    }

    private static Config config(Key key, byte[] input) {
        return config(key, new String(input, UTF_8));
    }

    /** Null for what is refused. */
    private static Config config(Key key, String value) {
        try {
            return Config.load(new Sources(List.of(new Layer("test", Map.of(key.key(), value))), List.of(), List.of()));
        } catch (InvalidConfigException e) {
            assertThat(e.getMessage()).contains(key.key());
            return null;
        }
    }
}
