package io.carillon.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names, patterns, and what one pattern says of another, held against regular expressions. */
class ChannelsFuzzTest {
    private static final String SEGMENT = "[A-Za-z0-9_:-]+";
    /** A user's may have empty segments, since his name may have dots anywhere. */
    private static final Pattern NAME =
            Pattern.compile(SEGMENT + "(\\." + SEGMENT + ")*|\\$" + SEGMENT + "(\\.[A-Za-z0-9_:.-]*)?");

    private static final Pattern PATTERN = Pattern.compile("((" + SEGMENT + "|\\*)\\.)*(" + SEGMENT + "|\\*\\*?)");

    @FuzzTest(maxDuration = "2m")
    void names(byte[] input) {
        String text = new String(input, UTF_8);
        boolean allowed =
                text.length() <= ChannelName.MAX_LENGTH && NAME.matcher(text).matches();
        try {
            assertThat(new ChannelName(text).value()).isEqualTo(text);
            assertThat(allowed).as("the name %s", text).isTrue();
        } catch (InvalidNameException e) {
            assertThat(allowed).as("the name %s", text).isFalse();
            oneLine(e);
        }
        try {
            String own = ChannelName.ofUser(text).value();
            assertThat(new ChannelName(own).reserved()).isTrue();
            assertThat(userOf(own)).as("no two users share %s", own).isEqualTo(text.getBytes(UTF_8));
        } catch (InvalidNameException e) {
            oneLine(e);
        }
    }

    private static void oneLine(InvalidNameException e) {
        assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(400).doesNotContain("\r", "\n", "\0");
    }

    /** The bytes of the user's name of which this is the channel. */
    private static byte[] userOf(String channel) {
        ByteArrayOutputStream user = new ByteArrayOutputStream();
        String name = channel.substring("$user.".length());
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == ':') {
                user.write(Integer.parseInt(name.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                user.write(name.charAt(i));
            }
        }
        return user.toByteArray();
    }

    /** Two patterns and a name, separated by spaces. */
    @FuzzTest(maxDuration = "3m")
    void patterns(byte[] input) {
        String[] words = new String(input, UTF_8).split(" ", -1);
        ChannelPattern one = pattern(words[0]);
        ChannelPattern other = words.length < 2 ? null : pattern(words[1]);
        String name = words.length < 3 ? "a" : words[2];
        if (one == null || !NAME.matcher(name).matches()) {
            return;
        }
        assertThat(one.matches(name)).as("%s matches %s", one, name).isEqualTo(expected(one, name));
        if (other == null) {
            return;
        }
        if (one.covers(other)) {
            assertThat(other.matches(name) && !one.matches(name))
                    .as("%s covers %s, but not its %s", one, other, name)
                    .isFalse();
        } else {
            assertThat(escapes(one, other))
                    .as("%s covers %s, really", one, other)
                    .isTrue();
        }
    }

    private static ChannelPattern pattern(String text) {
        boolean allowed = text.equals(ChannelName.CONSOLE)
                || (text.length() <= ChannelName.MAX_LENGTH
                        && PATTERN.matcher(text).matches());
        try {
            ChannelPattern pattern = new ChannelPattern(text);
            assertThat(allowed).as("the pattern %s", text).isTrue();
            return pattern;
        } catch (InvalidNameException e) {
            assertThat(allowed).as("the pattern %s", text).isFalse();
            oneLine(e);
            return null;
        }
    }

    private static boolean expected(ChannelPattern pattern, String name) {
        String regex = Arrays.stream(pattern.value().split("\\.", -1))
                .map(segment -> switch (segment) {
                    case "*" -> "[^.$]+";
                    case "**" -> "[^$]+";
                    default -> Pattern.quote(segment);
                })
                .collect(Collectors.joining("\\."));
        return name.matches(regex);
    }

    /** Some name that only the other one matches: with segments that nobody names, of every length that can matter. */
    private static boolean escapes(ChannelPattern one, ChannelPattern other) {
        int longest = one.value().split("\\.", -1).length + 1;
        String name = other.value().replaceAll("(?<![^.])\\*(?![^.])", "nobodys_");
        if (!name.endsWith("**")) {
            return !one.matches(name);
        }
        String stem = name.substring(0, name.length() - 2);
        String tail = "nobodys_";
        for (int i = 0; i < longest; i++) {
            if (!one.matches(stem + tail)) {
                return true;
            }
            tail += ".nobodys_";
        }
        return false;
    }
}
