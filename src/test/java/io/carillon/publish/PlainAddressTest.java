package io.carillon.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are plain enough. */
class PlainAddressTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/v1/channels/orders/publications, orders",
                "/v1/channels/orders.1:a_b-c/publications, orders.1:a_b-c",
                "/v1/channels/$user.ann/publications, $user.ann",
                "/v1/channels/a..b/publications, a..b",
                "/v1/channels/publications/publications, publications",
                "/v1/channels/publications, -",
                "/v1/channels//publications, -",
                "/v1/channels/a%20b/publications, -",
                "/v1/channels/a;x=y/publications, -",
                "/v1/channels/a/publications;x=y, -",
                "/v1/channels/../publications, -",
                "/v1/channels/a/../b/publications, -",
                "/v1/channels/a/presence, -",
                "/v1//channels/a/publications, -",
                "/v1/channels/a/publications/, -",
            })
    void onlyANameThatStandsThereAsItIsIsTaken(String path, String channel) {
        PlainAddress address = PlainAddress.of(path);

        assertThat(address == null ? null : address.channel()).isEqualTo(channel);
    }

    @Test
    void aBatchHasNoChannel() {
        assertThat(PlainAddress.of("/v1/publications")).isEqualTo(new PlainAddress(null));
        assertThat(PlainAddress.of("/v1/publications/")).isNull();
    }
}
