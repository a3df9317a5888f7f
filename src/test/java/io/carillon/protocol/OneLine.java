package io.carillon.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** What holds for every message that tells a sender what is wrong, whatever he has sent. */
final class OneLine {
    private static final int MOST = 600;

    private OneLine() {}

    /** Short, on one line, and able to go out on each transport. */
    static void check(ErrorCode code, String message) {
        assertThat(message).hasSizeBetween(1, MOST);
        assertThat(message.chars().noneMatch(Character::isISOControl))
                .as("control characters in %s", message)
                .isTrue();
        TinyJson.parse(ServerMessages.error(code, message, null).text());
        TinyJson.parse(new String(ProblemJson.of(new Fault(code, message)), StandardCharsets.UTF_8));
    }
}
