package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelRulesTest {
    @Test
    void rulesAreReadInTheirOrder() {
        assertThat(
                        rules(
                                " orders.** count=100 age=7d bytes=1MB;chat.*  ttl=1h ; typing.** history=off presence=on;** presence=off"))
                .containsExactly(
                        new ChannelRule("orders.**", true, 100, Duration.ofDays(7), 1L << 20, null, false),
                        new ChannelRule("chat.*", true, null, null, null, Duration.ofHours(1), false),
                        new ChannelRule("typing.**", false, null, null, null, null, true),
                        new ChannelRule("**", true, null, null, null, null, false));
        assertThat(rules("")).isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(
                        () -> rules("a..b count=1; c count=-1 age=soon; d history=off bytes=1KB; e size=3 count; **.x;"
                                + " f count=1 count=2; g presence=yes"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("\"a..b\" where a channel or a pattern must be")
                .hasMessageContaining("for \"c\" the option \"count=-1\"; allowed is an integer from 0")
                .hasMessageContaining("for \"c\" the option \"age=soon\"; allowed is a time from")
                .hasMessageContaining("for \"d\" history=off and says how much to keep")
                .hasMessageContaining("for \"e\" the option \"size=3\"; there are")
                .hasMessageContaining("for \"e\" the option \"count\"; there are")
                .hasMessageContaining("\"**.x\" where a channel")
                .hasMessageContaining("for \"f\" the option count twice")
                .hasMessageContaining("for \"g\" the option \"presence=yes\"; allowed is `on` or `off`");
    }

    private static List<ChannelRule> rules(String text) {
        Layer layer = new Layer("test", Map.of("carillon.channel.options", text));
        return Config.load(new Sources(List.of(layer), List.of(), List.of())).rules(Key.CHANNEL_OPTIONS);
    }
}
