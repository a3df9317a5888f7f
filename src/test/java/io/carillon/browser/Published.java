package io.carillon.browser;

import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import io.carillon.client.Target;
import io.carillon.server.RunningHub;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the hub itself says of the page's two channels, asked from outside the browser: the measure for what a page shows. */
final class Published {
    static final List<String> CHANNELS = List.of("public", "demo.clock");

    /**
     * @param ids in order, on both channels
     * @param gaps one for each channel of which something after the cursor is no longer kept
     * @param lostUpTo of what is up to here, nothing can be said; 0 when all is kept
     */
    record After(List<Long> ids, int gaps, long lostUpTo) {
        List<Long> upTo(long last) {
            return ids.stream().filter(id -> id <= last).toList();
        }
    }

    final Publisher publisher;

    Published(RunningHub hub) {
        publisher = new Publisher(new Target("the hub", hub.uri(""), Map.of()));
    }

    /** All that follows a cursor. */
    After after(long cursor) {
        var ids = new TreeSet<Long>();
        int gaps = 0;
        long lostUpTo = 0;
        for (var channel : CHANNELS) {
            var more = true;
            for (long since = cursor; more; ) {
                var page = history(channel, since);
                for (var gap : page.objects("gaps")) {
                    gaps++;
                    lostUpTo = Math.max(lostUpTo, gap.number("to"));
                }
                page.objects("publications").forEach(publication -> ids.add(publication.number("id")));
                since = page.number("cursor");
                more = page.is("more");
            }
        }
        return new After(List.copyOf(ids), gaps, lostUpTo);
    }

    private JsonObject history(String channel, long since) {
        var answer = publisher.get("v1/channels/" + channel + "/publications?limit=1000&since=" + since);
        if (answer.status() != 200) {
            throw new IllegalStateException("no history of " + channel + ": " + answer);
        }
        return answer.json();
    }
}
