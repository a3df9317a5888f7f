package io.carillon.boot;

import io.carillon.config.ChannelRule;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.ChannelOptions;
import io.carillon.core.ChannelPattern;
import io.carillon.core.HubSettings;
import io.carillon.core.Retention;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Says to the core what was configured. */
final class CoreSettings {
    private CoreSettings() {}

    static HubSettings of(Config config) {
        return new HubSettings(
                config.name(Key.NODE),
                config.duration(Key.HEARTBEAT),
                config.duration(Key.SILENCE),
                config.duration(Key.PROGRESS),
                config.duration(Key.PRESENCE_LEASE),
                config.integer(Key.CONNECTIONS),
                config.integer(Key.SUBSCRIPTIONS),
                config.integer(Key.CHANNELS),
                config.integer(Key.PATTERNS),
                config.bytes(Key.MEMORY),
                options(config),
                config.integer(Key.FANOUT_THREADS));
    }

    private record Rule(ChannelPattern pattern, ChannelOptions options) {}

    private static Function<String, ChannelOptions> options(Config config) {
        Retention usual = new Retention(
                config.integer(Key.HISTORY_COUNT), config.duration(Key.HISTORY_AGE), config.bytes(Key.HISTORY_BYTES));
        ChannelOptions others = new ChannelOptions(usual);
        List<Rule> rules = config.rules(Key.CHANNEL_OPTIONS).stream()
                .map(rule -> new Rule(new ChannelPattern(rule.pattern()), options(rule, usual)))
                .toList();
        return channel -> {
            for (Rule rule : rules) {
                if (rule.pattern.matches(channel)) {
                    return rule.options;
                }
            }
            return others;
        };
    }

    private static ChannelOptions options(ChannelRule rule, Retention usual) {
        Retention retention = new Retention(
                Objects.requireNonNullElse(rule.count(), usual.count()),
                Objects.requireNonNullElse(rule.age(), usual.age()),
                Objects.requireNonNullElse(rule.bytes(), usual.bytes()));
        return new ChannelOptions(retention, rule.history(), rule.ttl(), rule.presence());
    }
}
