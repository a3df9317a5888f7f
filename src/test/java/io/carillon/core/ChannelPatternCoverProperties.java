package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** One pattern covers another exactly when it matches all that the other can stand for. */
class ChannelPatternCoverProperties {
    private static final int DEEPEST = 5;

    @Provide
    Arbitrary<ChannelPattern> patterns() {
        Arbitrary<List<String>> begin =
                Arbitraries.of("a", "b", "*").list().ofMinSize(0).ofMaxSize(3);
        return begin.flatMap(segments -> Arbitraries.of("a", "b", "*", "**").map(last -> {
            String prefix = segments.isEmpty() ? "" : String.join(".", segments) + ".";
            return new ChannelPattern(prefix + last);
        }));
    }

    /** With a letter that no pattern names, names of up to five segments tell any two of these patterns apart. */
    @Property
    void coveringIsMatchingAllThatTheOtherMatches(
            @ForAll("patterns") ChannelPattern one, @ForAll("patterns") ChannelPattern other) {
        assertThat(one.covers(other)).as("%s covers %s", one, other).isEqualTo(matchesAll(one, other, "", 0));
    }

    private static boolean matchesAll(ChannelPattern one, ChannelPattern other, String name, int depth) {
        if (depth > 0 && other.matches(name) && !one.matches(name)) {
            return false;
        }
        if (depth == DEEPEST) {
            return true;
        }
        for (String segment : new String[] {"a", "b", "c"}) {
            if (!matchesAll(one, other, depth == 0 ? segment : name + "." + segment, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    @Example
    void nothingCoversMoreThanItMatches() {
        assertThat(new ChannelPattern("orders.*").covers(new ChannelPattern("orders.**")))
                .isFalse();
        assertThat(new ChannelPattern("orders.**").covers(new ChannelPattern("orders")))
                .isFalse();
        assertThat(new ChannelPattern("**").covers(new ChannelPattern("*.1"))).isTrue();
    }
}
