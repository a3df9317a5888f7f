package io.carillon.admin;

import io.carillon.timer.Tick;
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

/** Makes sure twice a second that nobody stays whose credential has been revoked. */
@Singleton
@Startup
@Lock(LockType.READ)
@TransactionManagement(TransactionManagementType.BEAN)
public class Bailiff {
    private static final long INTERVAL_MILLIS = 500;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Expulsion expulsion;

    @Resource
    TimerService timers;

    private Tick round;

    @PostConstruct
    void start() {
        round = new Tick("round of the bailiff", expulsion::closeRevoked);
        timers.createIntervalTimer(INTERVAL_MILLIS, INTERVAL_MILLIS, new TimerConfig(null, false));
    }

    @Timeout
    void round() {
        round.run();
    }

    @PreDestroy
    void stop() {
        timers.getTimers().forEach(Timer::cancel);
    }
}
