package io.carillon.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayloadTest {
    private static final String JSON = Payload.json("a", 17, 123_456_789, 20);

    @Test
    void comesBackAsItWasSent() {
        assertThat(Payload.parse("a", JSON)).isEqualTo(new Payload(17, 123_456_789));
        assertThat(Payload.parse("a", Payload.json("a", 0, -5, 0))).isEqualTo(new Payload(0, -5));
    }

    @Test
    void anyChangedByteIsSeen() {
        for (int i = 0; i < JSON.length(); i++) {
            String changed = JSON.substring(0, i) + (char) (JSON.charAt(i) ^ 1) + JSON.substring(i + 1);
            assertThat(Payload.parse("a", changed)).as(changed).isNull();
            assertThat(Payload.parse("a", JSON.substring(0, i))).isNull();
        }
    }

    @Test
    void dataOfAnotherChannelIsSeen() {
        assertThat(Payload.parse("b", JSON)).isNull();
    }
}
