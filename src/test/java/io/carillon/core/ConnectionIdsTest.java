package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionIdsTest {
    private final ConnectionIds ids = new ConnectionIds("node-1", 36);

    @Test
    void eachIsAnotherAndFound() {
        for (long i = 1; i <= 100; i++) {
            long number = ids.next();
            assertThat(number).isEqualTo(i);
            assertThat(ids.number(ids.text(number))).isEqualTo(number);
        }
        assertThat(ids.text(36)).isEqualTo("node-1-10-10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "node-1-10-",
                "node-1-10-0",
                "node-1-10--1",
                "node-1-10-+1",
                "node-1-10-01",
                "node-1-10-4",
                "node-1-10-1 ",
                "node-1-10-!",
                "node-1-10-1z141z4zzzzzzzz",
                "node-1-11-1",
                "node-10-1",
                "node-2-10-1"
            })
    void whatIsNoIdOfThisNodeHasNoNumber(String id) {
        for (int i = 0; i < 3; i++) {
            ids.next();
        }
        assertThat(ids.number("node-1-10-3")).isEqualTo(3);
        assertThat(ids.number(id)).isEqualTo(ConnectionIds.NONE);
    }

    @Test
    void thereIsOneSpelling() {
        for (int i = 0; i < 11; i++) {
            ids.next();
        }
        assertThat(ids.number("node-1-10-b")).isEqualTo(11);
        assertThat(ids.number("node-1-10-B")).isEqualTo(ConnectionIds.NONE);
    }
}
