package io.carillon.config;

import java.util.List;
import java.util.function.Predicate;

/** What must hold between two keys, each of which is allowed by itself. */
record CrossCheck(Key key, String rule, Key other, Predicate<Config> holds) {
    static final List<CrossCheck> ALL = List.of(
            new CrossCheck(
                    Key.SILENCE,
                    "must be longer than",
                    Key.HEARTBEAT,
                    config -> config.duration(Key.SILENCE).compareTo(config.duration(Key.HEARTBEAT)) > 0),
            new CrossCheck(
                    Key.BATCH,
                    "must not be smaller than",
                    Key.MESSAGE,
                    config -> config.bytes(Key.BATCH) >= config.bytes(Key.MESSAGE)),
            new CrossCheck(
                    Key.JOURNAL_SIZE,
                    "must not be smaller than",
                    Key.JOURNAL_SEGMENT,
                    config -> config.bytes(Key.JOURNAL_SIZE) >= config.bytes(Key.JOURNAL_SEGMENT)),
            new CrossCheck(
                    Key.HOOK_URL,
                    "needs",
                    Key.HOOK_SECRET,
                    config -> config.name(Key.HOOK_URL).isEmpty()
                            || !config.name(Key.HOOK_SECRET).isEmpty()));

    Problem problem(Config config) {
        String its = config.text(other).isEmpty() ? "not set" : config.text(other);
        return new Problem(key.key(), "is " + config.text(key) + "; it " + rule + " " + other + ", which is " + its);
    }
}
