package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigTest {

    @Test
    void withoutAnySourceEveryKeyHasItsDefault() {
        Config config = load(Map.of());

        assertThat(config.duration(Key.HEARTBEAT)).isEqualTo(Duration.ofSeconds(25));
        assertThat(config.bytes(Key.MESSAGE)).isEqualTo(65536);
        assertThat(config.integer(Key.CONNECTIONS)).isEqualTo(15000);
        assertThat(config.flag(Key.DEMO)).isFalse();
        assertThat(config.name(Key.DEFAULT_CHANNEL)).isEqualTo("public");
        assertThat(config.name(Key.NODE)).matches("[a-z0-9]{6}");
        assertThat(config.integer(Key.FANOUT_THREADS)).isBetween(1, 16);
        assertThat(config.bytes(Key.MEMORY)).isCloseTo(Runtime.getRuntime().maxMemory() / 4, within1Percent());
    }

    @ParameterizedTest
    @CsvSource({
        "carillon.heartbeat, 5s",
        "carillon.heartbeat, 59999ms",
        "carillon.history.age, 30d",
        "carillon.history.age, 2H",
        "carillon.message, 1MB",
        "carillon.message, 256b",
        "carillon.memory, 5MB",
        "carillon.memory, 50%",
        "carillon.connections, 1",
        "carillon.fanout.threads, 16",
        "carillon.fanout.threads, processors",
        "carillon.demo, TRUE",
        "carillon.demo, ' true '",
        "carillon.node, Bell7",
        "carillon.node, random",
        "carillon.default.channel, a.b:c_d-E",
        "carillon.token.jwks, https://id.example/keys",
        "carillon.token.jwks, http://127.0.0.1:8080/keys",
        "carillon.token.jwks, HTTP://localhost/keys",
        "carillon.token.jwks, 'http://[::1]:80/keys'",
        "carillon.token.jwks, /etc/carillon/keys.json",
        "carillon.hook.events, 'joined, left'",
        "carillon.proxies, '10.0.0.0/8, 2001:db8::/32 loopback'",
        "carillon.access.roles, ' editor = publish:news.**,subscribe:a ; ops=admin'",
    })
    void takesAValueWithinItsBounds(String key, String value) {
        assertThat(load(Map.of(key, value)).text(key(key))).isEqualTo(value.trim());
    }

    @ParameterizedTest
    @CsvSource({
        "carillon.heartbeat, 4999ms",
        "carillon.heartbeat, 61s",
        "carillon.heartbeat, 25",
        "carillon.heartbeat, 25 s",
        "carillon.heartbeat, -25s",
        "carillon.heartbeat, ''",
        "carillon.heartbeat, 99999999999999999999s",
        "carillon.heartbeat, 999999999999d",
        "carillon.message, 64",
        "carillon.message, 64KiB",
        "carillon.message, 999999999999GB",
        "carillon.message, 255B",
        "carillon.memory, 51%",
        "carillon.memory, 101%",
        "carillon.memory, 1MB",
        "carillon.connections, 0",
        "carillon.connections, many",
        "carillon.connections, 3000000000",
        "carillon.fanout.threads, 17",
        "carillon.demo, yes",
        "carillon.node, bell tower",
        "carillon.node, ''",
        "carillon.default.channel, $user.a",
        "carillon.default.channel, a..b",
        "carillon.default.channel, orders.*",
        "carillon.token.jwks, http://id.example/keys",
        "carillon.token.jwks, http://10.0.0.1/keys",
        "carillon.token.jwks, http://localhost.example/keys",
        "carillon.token.jwks, http://localhost:x@evil.example/keys",
        "carillon.token.jwks, http://127.0.0.1:80@evil.example/keys",
        "carillon.token.jwks, https:///keys",
        "carillon.token.jwks, https://id.example:port/keys",
        "carillon.hook.url, /etc/hook",
        "carillon.hook.url, http://10.0.0.1/hook",
        "carillon.hook.url, https://u:p@app.example/hook",
        "carillon.hook.events, gone",
        "carillon.proxies, 10.0.0.0/33",
        "carillon.proxies, 300.0.0.1",
        "carillon.proxies, proxy.example",
        "carillon.access.roles, ops=admin;",
        "carillon.access.roles, ops=subscribe:a.*b",
    })
    void refusesAValueOutsideOfItsBoundsAndSaysWhatIsAllowed(String key, String value) {
        InvalidConfigException e = refusal(Map.of(key, value));

        assertThat(e.problems()).hasSize(1);
        assertThat(e)
                .hasMessageContaining(key)
                .hasMessageContaining("\"" + value + "\"")
                .hasMessageContaining("(here)")
                .hasMessageContaining(key(key).allowed());
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        InvalidConfigException e = refusal(Map.of(
                "carillon.heartbeat", "2h",
                "carillon.hartbeat", "20s",
                "carillon.demo", "perhaps",
                "carillon.batch", "1KB"));

        assertThat(e.getMessage()).contains("4 problems").hasLineCount(5);
        assertThat(e.problems())
                .extracting(Problem::key)
                .containsExactly("carillon.heartbeat", "carillon.demo", "\"carillon.hartbeat\"", "carillon.batch");
    }

    @Test
    void silenceMustBeLongerThanTheHeartbeat() {
        assertThat(refusal(Map.of("carillon.heartbeat", "20s", "carillon.silence", "20s")))
                .hasMessageContaining(
                        "carillon.silence is 20s; it must be longer than carillon.heartbeat, which is 20s");
    }

    @Test
    void aHookNeedsASecret() {
        String address = "https://app.example/hook";
        assertThat(refusal(Map.of("carillon.hook.url", address)))
                .hasMessageContaining(
                        "carillon.hook.url is " + address + "; it needs carillon.hook.secret, which is not set");
        Config config = load(Map.of("carillon.hook.url", address, "carillon.hook.secret", "s".repeat(32)));
        assertThat(config.changed()).containsEntry("carillon.hook.secret", "***");
    }

    @Test
    void theFirstSourceThatHasAKeyWins() {
        Config config = Config.load(new Sources(
                List.of(
                        new Layer("first", Map.of("carillon.node", "one")),
                        new Layer("second", Map.of("carillon.node", "two", "carillon.progress", "20s"))),
                List.of(),
                List.of()));

        assertThat(config.name(Key.NODE)).isEqualTo("one");
        assertThat(config.duration(Key.PROGRESS)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aBadValueIsRefusedEvenWhenALaterSourceHasAGoodOne() {
        Sources sources = new Sources(
                List.of(
                        new Layer("first", Map.of("carillon.progress", "soon")),
                        new Layer("second", Map.of("carillon.progress", "20s"))),
                List.of(),
                List.of());

        assertThatThrownBy(() -> Config.load(sources)).hasMessageContaining("\"soon\" (first)");
    }

    @Test
    void foreignTextIsShortAndWithoutControlCharactersInTheMessage() {
        assertThat(refusal(Map.of("carillon.node", "a\nb" + "c".repeat(100))))
                .hasMessageContaining("\"a?b" + "c".repeat(61) + "...\"");
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void everyKeyHasAReadableDefaultAndWords(Key key) {
        assertThat(key.kind().reader().apply(key.defaultText())).isNotNull();
        assertThat(key.key()).matches("carillon(\\.[a-z]+)+");
        assertThat(key.doc()).endsWith(".").doesNotContain("|");
        assertThat(key.allowed()).isNotBlank().doesNotContain("|");
    }

    @Test
    void askingForTheWrongTypeFails() {
        assertThatThrownBy(() -> load(Map.of()).integer(Key.HEARTBEAT)).isInstanceOf(ClassCastException.class);
    }

    @Test
    void whatIsNotAsByDefaultIsToldWithoutSecrets() {
        assertThat(load(Map.of(
                                "carillon.drain",
                                "3s",
                                "carillon.log",
                                "journal",
                                "carillon.token.secret",
                                "s".repeat(32)))
                        .changed())
                .isEqualTo(Map.of("carillon.drain", "3s", "carillon.token.secret", "***"));
    }

    private static Percentage within1Percent() {
        return Percentage.withPercentage(1);
    }

    private static Key key(String key) {
        return Key.of(key).orElseThrow();
    }

    private static Config load(Map<String, String> values) {
        return Config.load(new Sources(List.of(new Layer("here", values)), List.of(), List.of()));
    }

    private static InvalidConfigException refusal(Map<String, String> values) {
        return catchThrowableOfType(InvalidConfigException.class, () -> load(values));
    }
}
