package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "0",
                "-0.0e-7",
                "\"\"",
                "[]",
                "{}",
                " \t\r\n5\n",
                "{\"a\":1,\"a\":2}",
                "\"\\ud800\"",
                "\"\\u0000\"",
                "\"é \u2028 😀\"",
                "[[1,2],{\"a\":[{}]}]"
            })
    void takesAnyOneValue(String json) {
        assertThatCode(() -> RawJson.check(json.getBytes(UTF_8))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "1 2",
                "{} {}",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "'a'",
                "01",
                "+1",
                "1.",
                ".5",
                "1e",
                "-",
                "nul",
                "nulll",
                "NaN",
                "Infinity",
                "\"a",
                "[1",
                "{\"a\"",
                "{\"a\":",
                "]",
                "1]",
                "\"a\nb\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "/* no */ 1",
                "1 // no",
                "\uFEFF1",
                "[1 2]",
                "{\"a\" 1}",
                "{1:2}",
                "\u00a01",
                "[1}",
                "\u0000"
            })
    void refusesAllElse(String json) {
        assertThatThrownBy(() -> RawJson.check(json.getBytes(UTF_8))).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void saysWhereItIsWrong() {
        assertThatThrownBy(() -> RawJson.check("{\"a\":01}".getBytes(UTF_8)))
                .hasMessageStartingWith("not valid JSON near byte 6: Invalid numeric value");
        assertThatThrownBy(() -> RawJson.check("[1] [2]".getBytes(UTF_8)))
                .hasMessage("more than one JSON value: the second begins at byte 4");
        assertThatThrownBy(() -> RawJson.check("\"é\"".getBytes(ISO_8859_1)))
                .hasMessage("not UTF-8: invalid sequence at byte 1");
        assertThatThrownBy(() -> RawJson.check(new byte[0])).hasMessage("there is no JSON; one value is needed");
    }

    @Test
    void refusesOtherEncodings() {
        assertThatThrownBy(() -> RawJson.check("[1]".getBytes(UTF_16BE))).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void nestsSixtyFourLevelsDeepAndNoDeeper() {
        assertThatCode(() -> RawJson.check(nested(64))).doesNotThrowAnyException();
        assertThatThrownBy(() -> RawJson.check(nested(65)))
                .hasMessage("JSON is nested too deeply; the limit is 64 levels");
        assertThatThrownBy(() -> RawJson.check(nested(100_000))).isInstanceOf(InvalidJsonException.class);
    }

    private static byte[] nested(int levels) {
        return ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);
    }

    @Test
    void takesNumbersAndNamesOfAnyLength() {
        String digits = "1".repeat(50_000);
        String json = "{\"" + "n".repeat(60_000) + "\":[" + digits + ",0." + digits + "]}";
        assertThatCode(() -> RawJson.check(json.getBytes(UTF_8))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-1.5e+10",
                "\"\"",
                "\"a\\\"b\"",
                "\"é😀\"",
                "true",
                "null",
                "{}",
                "[]",
                "{ \"x\" : [ 1 , 2 ] }",
                "[{\"a\":1},\"}\"]"
            })
    void cutsAValueOutByteForByte(String value) {
        for (String space : new String[] {"", " ", "\r\n\t"}) {
            String json = space + "{" + space + "\"é\"" + space + ":" + space + value + space + ",\"b\":" + value + "}"
                    + space;
            RawObject object = RawObject.parse(json.getBytes(UTF_8));
            assertThat(object.raw("é")).asString(UTF_8).isEqualTo(value);
            assertThat(object.raw("b")).asString(UTF_8).isEqualTo(value);
        }
    }

    @Test
    void theLastOfDoubledMembersCounts() {
        assertThat(RawObject.parse("{\"a\":\"first\",\"a\":\"last\"}".getBytes(UTF_8))
                        .text("a"))
                .isEqualTo("last");
    }

    @Test
    void readsTextWithItsEscapes() {
        RawObject object = RawObject.parse("{\"a\":\"\\u00e9\\n\",\"b\":\"é\",\"c\":null}".getBytes(UTF_8));
        assertThat(object.text("a")).isEqualTo("é\n");
        assertThat(object.text("b")).isEqualTo("é");
        assertThat(object.text("c")).isNull();
        assertThat(object.text("d")).isNull();
        assertThat(object.raw("c")).asString(UTF_8).isEqualTo("null");
        assertThat(object.raw("d")).isNull();
    }

    @Test
    void saysWhichMemberHasTheWrongKind() {
        RawObject object = RawObject.parse("{\"a\":5,\"b\":[],\"c\":1.5}".getBytes(UTF_8));
        assertThatThrownBy(() -> object.text("a"))
                .hasMessage("member \"a\" is a number at byte 5; it must be a string");
        assertThatThrownBy(() -> object.integer("c"))
                .hasMessage("member \"c\" is a number at byte 18; it must be an integer of at most 18 digits");
        assertThatThrownBy(() -> RawObject.parse("[]".getBytes(UTF_8)))
                .hasMessage("the message is an array; it must be an object");
    }
}
