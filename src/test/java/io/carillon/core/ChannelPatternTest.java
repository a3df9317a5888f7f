package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a          | a          | true
                    a          | b          | false
                    a          | a.b        | false
                    *          | a          | true
                    *          | a.b        | false
                    **         | a          | true
                    **         | a.b.c      | true
                    orders.*   | orders.eu  | true
                    orders.*   | orders     | false
                    orders.*   | orders.a.b | false
                    orders.*   | ordersx.eu | false
                    orders.*   | order.eu   | false
                    orders.**  | orders.eu  | true
                    orders.**  | orders.a.b | true
                    orders.**  | orders     | false
                    *.eu       | orders.eu  | true
                    *.eu       | orders.us  | false
                    *.eu       | orders.eux | false
                    *.eu       | a.orders.eu| false
                    a.*.c      | a.b.c      | true
                    a.*.c      | a.b.d      | false
                    a.*.c      | a.b        | false
                    a.*.**     | a.b        | false
                    a.*.**     | a.b.c.d    | true
                    *.*        | a.b        | true
                    *.*        | a          | false
                    **         | $user.x    | false
                    *          | $hub       | false
                    *.*        | $user.x    | false
                    """)
    void coversWholeSegmentsAndNeverTheHubsOwnNames(String pattern, String channel, boolean covered) {
        assertThat(new ChannelPattern(pattern).matches(channel)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"**.a", "a.**.b", "a*", "*a", "a.b*", "***", "a.***", "a.**b", "**.**"})
    void wildcardIsAWholeSegmentAndDoubleOnlyTheLast(String pattern) {
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> new ChannelPattern(pattern))
                .withMessageContaining("in segment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a.", "$user.x", "$connection.n1-1", "$*", "a b", "a/*"})
    void namesOutsideTheGrammarCannotBeAskedFor(String pattern) {
        assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> new ChannelPattern(pattern));
    }

    @Test
    void onlyTheFiguresOfTheHubsOwnNamesCanBeAskedFor() {
        ChannelPattern console = new ChannelPattern(ChannelName.CONSOLE);
        assertThat(console.wildcard()).isFalse();
        assertThat(console.matches("$console")).isTrue();
        assertThat(new ChannelPattern("**").covers(console)).isFalse();
        assertThat(new ChannelPattern("console").covers(console)).isFalse();
        assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> new ChannelPattern("$console.x"));
        assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> new ChannelPattern("$forget"));
    }

    @Test
    void namesAndPatternsAreEqualByTheirText() {
        assertThat(new ChannelPattern("a.*"))
                .isEqualTo(new ChannelPattern("a.*"))
                .hasSameHashCodeAs("a.*");
        assertThat(new ChannelPattern("a")).isNotEqualTo(new ChannelPattern("b"));
        assertThat(new ChannelPattern("a").wildcard()).isFalse();
        assertThat(new ChannelPattern("*").wildcard()).isTrue();
        assertThat(new ChannelPattern("a.**")).hasToString("a.**");
    }
}
