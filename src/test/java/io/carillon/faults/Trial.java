package io.carillon.faults;

import static org.awaitility.Awaitility.await;

import io.carillon.client.Publisher;
import io.carillon.client.Target;
import io.carillon.client.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** One hub with its publishers and subscribers: what all scenarios share. Closes them in the right order. */
final class Trial implements AutoCloseable {
    private static final Duration CATCHES_UP_WITHIN = Duration.ofSeconds(60);

    final HubProcess hub;
    final Ledger ledger = new Ledger();
    final List<String> channels;
    private final List<Crowd> crowds = new ArrayList<>();
    private final List<Publishers> publishers = new ArrayList<>();
    private long since;

    /** @param channels how many; each has its own name */
    Trial(HubProcess hub, int channels) {
        this.hub = hub;
        this.channels = IntStream.range(0, channels).mapToObj(i -> "trial." + i).toList();
    }

    /** Starts the hub and publishes once to each channel: subscribers begin after that. */
    Trial start() {
        hub.start();
        Publishers.finish(hub.target(), ledger, channels);
        since = ledger.newest();
        return this;
    }

    /** The cursor with which subscribers begin. */
    long since() {
        return since;
    }

    Crowd crowd(Crowd.Manners manners, Latencies latencies) {
        return crowd(hub.target(), manners, latencies);
    }

    /** @param target the hub, perhaps seen through a proxy */
    Crowd crowd(Target target, Crowd.Manners manners, Latencies latencies) {
        Crowd crowd = new Crowd(target, manners, latencies);
        crowds.add(crowd);
        return crowd;
    }

    /** Eager subscribers of these transports: one on each channel and one on all of them. */
    Crowd subscribers(Wire... wires) {
        Crowd crowd = crowd(Crowd.Manners.EAGER, null);
        for (Wire wire : wires) {
            channels.forEach(channel -> crowd.with(1, wire, List.of(channel), since));
            crowd.with(1, wire, channels, since);
        }
        return awaitStanding(crowd.start());
    }

    Crowd awaitStanding(Crowd crowd) {
        await().atMost(CATCHES_UP_WITHIN).pollInterval(Duration.ofMillis(20)).until(() -> {
            crowd.failIfBroken();
            return crowd.standing() == crowd.members().size();
        });
        return crowd;
    }

    Publishers publish(Publishers.Style style) {
        return publish(channels, style);
    }

    Publishers publish(List<String> some, Publishers.Style style) {
        Publishers more = new Publishers(hub.target(), ledger, some, style).start();
        publishers.add(more);
        return more;
    }

    /** Waits until so many more are acknowledged. */
    void awaitAcknowledged(long more) {
        long goal = ledger.acknowledged() + more;
        await().atMost(CATCHES_UP_WITHIN).pollInterval(Duration.ofMillis(5)).until(() -> ledger.acknowledged() >= goal);
    }

    /** Stops publishing, lets all subscribers come to the end, and checks. */
    Verdict settle(boolean gapsAllowed) {
        publishers.forEach(Publishers::close);
        Publishers.finish(hub.target(), ledger, channels);
        awaitCaughtUp(CATCHES_UP_WITHIN);
        List<Trail> trails =
                crowds.stream().flatMap(crowd -> crowd.trails().stream()).toList();
        return Checker.check(ledger, trails, gapsAllowed);
    }

    /** Waits until everybody has the newest of his channels. Who has not is for the checker to tell. */
    void awaitCaughtUp(Duration within) {
        Map<String, Long> newest = new HashMap<>();
        channels.forEach(channel -> newest.put(channel, ledger.newest(channel)));
        try {
            await().atMost(within)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> crowds.stream().allMatch(c -> c.behind(newest).isEmpty()));
        } catch (ConditionTimeoutException e) {
            crowds.forEach(crowd -> crowd.behind(newest).stream()
                    .limit(5)
                    .forEach(member -> System.out.println("behind after " + within + ": " + member)));
        }
    }

    /** Connections that the hub sees on a channel. */
    long present(String channel) {
        return new Publisher(hub.target())
                .get("v1/channels/" + channel + "/presence")
                .json()
                .number("count");
    }

    static void pause(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    @Override
    public void close() {
        try {
            publishers.forEach(Publishers::close);
        } finally {
            crowds.forEach(Crowd::close);
            hub.close();
        }
    }
}
