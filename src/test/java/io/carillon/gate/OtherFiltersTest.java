package io.carillon.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherFiltersTest {
    private static final List<String> PATHS = List.of("/v1/publications", "/v1/channels/", "/v1/poll");

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/v1/*", "/v1/channels/*", "/v1/channels/a/publications", "/v1/publications", "*"})
    void thesePatternsReachThem(String pattern) {
        assertThat(OtherFilters.reaches(pattern, PATHS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/events", "/v1/ws/*", "/index.html", "/admin/*", "/v2/*", "/v1"})
    void thesePatternsDoNot(String pattern) {
        assertThat(OtherFilters.reaches(pattern, PATHS)).isFalse();
    }
}
