package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "public",
                "orders.eu",
                "orders.eu.berlin",
                "A-Z_0:9",
                "-",
                "_",
                ":",
                "0",
                "$hub",
                "$connection.n1-1",
                "$user.a:40b",
                "$user.a..b",
                "$user."
            })
    void takesWhatTheGrammarAllows(String name) {
        assertThat(new ChannelName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''            | is empty; 1 to 255
                    .             | empty segment at position 0
                    .a            | empty segment at position 0
                    a.            | empty segment at position 2
                    a..b          | empty segment at position 2
                    'a b'         | not allowed at position 1
                    a/b           | not allowed at position 1
                    a,b           | not allowed at position 1
                    orders.*      | not allowed at position 7
                    **            | not allowed at position 0
                    a$            | not allowed at position 1
                    a.$b          | not allowed at position 2
                    $             | empty segment at position 1
                    $.a           | empty segment at position 1
                    $$            | not allowed at position 1
                    größe         | not allowed at position 2
                    """)
    void saysWhatIsWrongAndWhere(String name, String message) {
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> new ChannelName(name))
                .withMessageContaining(message);
    }

    @Test
    void controlCharactersAreNotAllowed() {
        assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> new ChannelName("a\0"));
        assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> new ChannelName("a\n"));
    }

    @Test
    void longestNameHas255Characters() {
        assertThat(new ChannelName("a".repeat(255)).value()).hasSize(255);
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> new ChannelName("a".repeat(256)))
                .withMessageContaining("256 characters; the limit is 255");
    }

    @Test
    void errorQuotesForeignTextSafely() {
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> new ChannelName("a\r\nb\"c" + "x".repeat(100)))
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain("\n")
                        .doesNotContain("\r")
                        .hasSizeLessThan(250));
    }

    @Test
    void onlyDollarNamesAreTheHubsOwn() {
        assertThat(new ChannelName("$hub").reserved()).isTrue();
        assertThat(new ChannelName("hub").reserved()).isFalse();
        assertThat(new ChannelName("$connection.n1-7").ofConnection()).isTrue();
        assertThat(new ChannelName("$connection.n1-7").connectionId()).isEqualTo("n1-7");
        assertThat(new ChannelName("$user.x").ofConnection()).isFalse();
        assertThat(ChannelName.ofConnection("n1-7").value()).isEqualTo("$connection.n1-7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    alice      | $user.alice
                    a.b        | $user.a.b
                    a@b        | $user.a:40b
                    a:40b      | $user.a:3A40b
                    a b        | $user.a:20b
                    ö          | $user.:C3:B6
                    .          | $user..
                    *          | $user.:2A
                    """)
    void everyUserHasOneChannelOfHisOwn(String user, String channel) {
        assertThat(ChannelName.ofUser(user).value()).isEqualTo(channel);
    }

    @Test
    void userWhoseChannelWouldBeTooLongIsRefusedWhenTheClientIsMade() {
        new Client(Transport.SSE, "x".repeat(249), "127.0.0.1");
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> new Client(Transport.SSE, "x".repeat(250), "127.0.0.1"))
                .withMessageContaining("user")
                .withMessageContaining("255");
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> new Client(Transport.SSE, "ö".repeat(50), "127.0.0.1"));
    }
}
