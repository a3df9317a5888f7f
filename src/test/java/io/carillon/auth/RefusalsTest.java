package io.carillon.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.auth.Refusals.What;
import io.carillon.protocol.ErrorCode;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final Refusals refusals = new Refusals();

    @Test
    void aRequestIsKnownByItsMethodAndPath() {
        assertThat(What.of("POST", "/v1/channels/a/publications")).isEqualTo(What.PUBLISH);
        assertThat(What.of("POST", "/v1/publications")).isEqualTo(What.PUBLISH);
        assertThat(What.of("POST", "/v1/notify")).isEqualTo(What.PUBLISH);
        assertThat(What.of("GET", "/v1/channels/a/publications")).isEqualTo(What.READ);
        assertThat(What.of("GET", "/v1/channels/a/presence")).isEqualTo(What.READ);
        assertThat(What.of("GET", "/v1/ws")).isEqualTo(What.SUBSCRIBE);
        assertThat(What.of("GET", "/v1/events")).isEqualTo(What.SUBSCRIBE);
        assertThat(What.of("GET", "/v1/poll")).isEqualTo(What.SUBSCRIBE);
        assertThat(What.of("GET", "/metrics")).isEqualTo(What.OTHER);
    }

    @Test
    void aStatusCountsAsTheReasonThatHasIt() {
        for (int status : new int[] {200, 101, 204, 304, 400, 404, 429, 418, 507, 502}) {
            refusals.count(What.PUBLISH, status);
        }
        assertThat(refusals.sum(What.PUBLISH, ErrorCode.INVALID_REQUEST)).isEqualTo(2);
        assertThat(refusals.sum(What.PUBLISH, ErrorCode.NOT_FOUND)).isEqualTo(1);
        assertThat(refusals.sum(What.PUBLISH, ErrorCode.LIMIT)).isEqualTo(1);
        assertThat(refusals.sum(What.PUBLISH, ErrorCode.LOG_FULL)).isEqualTo(1);
        assertThat(refusals.sum(What.PUBLISH, ErrorCode.INTERNAL)).isEqualTo(1);
        assertThat(refusals.sum(What.READ, ErrorCode.LIMIT)).isZero();
    }
}
