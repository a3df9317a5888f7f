package io.carillon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    /** The example of RFC 9110, 5.6.7. */
    @Test
    void dayHasTwoDigits() {
        assertThat(HttpDate.of(Instant.parse("1994-11-06T08:49:37Z"))).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
