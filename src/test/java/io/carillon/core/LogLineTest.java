package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void aPlainWordStandsAsItIs() {
        assertThat(LogLine.of("a.b").with("n", 3).with("path", "/data/x").say("so it is"))
                .isEqualTo("event=a.b n=3 path=/data/x: so it is");
    }

    @Test
    void whatComesFromOutsideCannotForgeALineOrAValue() {
        assertThat(LogLine.of("a").with("by", "eve\nevent=b by=\"root\"").toString())
                .isEqualTo("event=a by=\"eve\\u000aevent=b by=\\\"root\\\"\"")
                .doesNotContain("\n");
        assertThat(LogLine.of("a").with("by", "").with("who", null).toString()).isEqualTo("event=a by=\"\" who=null");
    }

    @Test
    void aLongValueIsCut() {
        assertThat(LogLine.of("a").with("x", "y".repeat(10_000)).toString()).hasSizeLessThan(300);
    }
}
