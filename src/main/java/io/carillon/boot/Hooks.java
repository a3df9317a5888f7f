package io.carillon.boot;

import io.carillon.auth.Words;
import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.HubClock;
import io.carillon.core.PresenceChange;
import io.carillon.hook.Webhook;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes what posts who joins and leaves, if an address is configured. */
final class Hooks {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private Hooks() {}

    /** Not started yet; null when there is none to be. */
    static @Nullable Webhook of(Config config, String node, HubClock clock) {
        String address = config.name(Key.HOOK_URL);
        if (address.isEmpty()) {
            return null;
        }
        return new Webhook(
                new Webhook.Settings(
                        node,
                        URI.create(address),
                        config.name(Key.HOOK_SECRET),
                        kinds(config.name(Key.HOOK_EVENTS)),
                        FIRST_PAUSE),
                clock);
    }

    private static Set<PresenceChange.Kind> kinds(String words) {
        Set<PresenceChange.Kind> kinds = EnumSet.noneOf(PresenceChange.Kind.class);
        for (String word : Words.of(words)) {
            kinds.add(PresenceChange.Kind.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return kinds;
    }
}
