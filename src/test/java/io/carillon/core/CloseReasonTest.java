package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonTest {
    /** RFC 6455, 5.5: 125 bytes, of which the code takes two. A container refuses to close with more. */
    private static final int ROOM = 123;

    @ParameterizedTest
    @ValueSource(strings = {"x", "ö", "€", "😀"})
    void fitsACloseFrameWhateverTheAlphabet(String character) {
        for (int before = 0; before < 4; before++) {
            String reason = CloseReason.badRequest("-".repeat(before) + character.repeat(200))
                    .reason();
            assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(ROOM - 6, ROOM);
            assertThat(reason).as("no half of a character").matches("-*(" + character + ")+");
        }
    }

    @Test
    void aShortReasonStaysAsItIs() {
        assertThat(CloseReason.limit("größer als erlaubt").reason()).isEqualTo("größer als erlaubt");
    }
}
