package io.carillon.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for channels, in the order in which they were written: the first that covers a channel counts.
 *
 * @param complaints what is wrong with the text, each as a sentence's end; then the rules are of no use
 */
record ChannelRules(List<ChannelRule> rules, List<String> complaints) {
    static final String ALLOWED =
            "rules with `;` between them, each a channel or pattern and then options: `history=off`, `count=`, `age=`,"
                    + " `bytes=`, `ttl=`, `presence=on`";

    private static final Pattern PATTERN =
            Pattern.compile("(\\*|[A-Za-z0-9_:-]+)(\\.(\\*|[A-Za-z0-9_:-]+))*(\\.\\*\\*)?|\\*\\*");
    private static final Map<String, Kind<?>> OPTIONS = Map.of(
            "history", Kind.word("on", "off"),
            "count", Key.HISTORY_COUNT.kind(),
            "age", Key.HISTORY_AGE.kind(),
            "bytes", Key.HISTORY_BYTES.kind(),
            "ttl", Kind.duration("1s", "3650d"),
            "presence", Kind.word("on", "off"));

    /** Reads all of them, and says all that is wrong. */
    static ChannelRules read(String text) {
        List<ChannelRule> rules = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        for (String one : text.split(";", -1)) {
            if (!one.isBlank()) {
                rules.add(rule(one.trim().split("\\s+", -1), complaints));
            }
        }
        return new ChannelRules(rules, complaints);
    }

    private static ChannelRule rule(String[] words, List<String> complaints) {
        String pattern = words[0];
        if (!PATTERN.matcher(pattern).matches() || pattern.length() > 255) {
            complaints.add("has " + Problem.quote(pattern) + " where a channel or a pattern must be");
        }
        Map<String, Object> values = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            option(pattern, words[i], values, complaints);
        }
        boolean off = "off".equals(values.get("history"));
        if (off && values.keySet().stream().anyMatch(Set.of("count", "age", "bytes")::contains)) {
            complaints.add("has for " + Problem.quote(pattern) + " history=off and says how much to keep; choose one");
        }
        return new ChannelRule(
                pattern,
                !off,
                value(values, "count", Integer.class),
                value(values, "age", Duration.class),
                value(values, "bytes", Long.class),
                value(values, "ttl", Duration.class),
                "on".equals(values.get("presence")));
    }

    private static void option(String pattern, String word, Map<String, Object> values, List<String> complaints) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Kind<?> kind = OPTIONS.get(name);
        if (kind == null || equals < 0) {
            complaints.add("has for " + Problem.quote(pattern) + " the option " + Problem.quote(word)
                    + "; there are history=off, count=, age=, bytes=, ttl= and presence=on");
            return;
        }
        Object value = kind.reader().apply(word.substring(equals + 1));
        if (value == null) {
            complaints.add("has for " + Problem.quote(pattern) + " the option " + Problem.quote(word) + "; allowed is "
                    + kind.allowed());
        } else if (values.put(name, value) != null) {
            complaints.add("has for " + Problem.quote(pattern) + " the option " + name + " twice");
        }
    }

    private static <T> @Nullable T value(Map<String, Object> values, String name, Class<T> type) {
        return type.cast(values.get(name));
    }
}
