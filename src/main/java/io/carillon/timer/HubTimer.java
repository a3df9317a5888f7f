package io.carillon.timer;

import io.carillon.core.Hub;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/**
 * Says "beat" and "announce" four times a second and "sweep" every five seconds, and nothing else.
 *
 * <p>One tick serves all connections, none has a timer of its own: a held poll ends, a heartbeat goes out and a stuck
 * write is noticed at the first beat after its time, so up to a quarter of a second late.
 *
 * <p>Threads: the server's timer threads, a few at a time; see {@link Tick} for what happens when one is late.
 * Transactions: none, or each beat would begin and commit one.
 */
@Singleton
@Startup
@Lock(LockType.READ)
@TransactionManagement(TransactionManagementType.BEAN)
public class HubTimer {
    private static final Duration BEAT = Duration.ofMillis(250);
    private static final Duration ANNOUNCE = Duration.ofMillis(250);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    @Inject
    Hub hub;

    @Resource
    TimerService timers;

    private Tick beat;
    private Tick announce;
    private Tick sweep;

    @PostConstruct
    void start() {
        beat = new Tick("beat", hub::beat);
        announce = new Tick("announcement", hub.presence()::announce);
        sweep = new Tick("sweep", hub::sweep);
        every(BEAT, beat);
        every(ANNOUNCE, announce);
        every(SWEEP, sweep);
    }

    private void every(Duration interval, Tick tick) {
        timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(tick.name(), false));
    }

    @Timeout
    void tick(Timer timer) {
        for (Tick tick : List.of(beat, announce, sweep)) {
            if (tick.name().equals(timer.getInfo())) {
                tick.run();
            }
        }
    }

    @PreDestroy
    void stop() {
        timers.getTimers().forEach(Timer::cancel);
    }
}
