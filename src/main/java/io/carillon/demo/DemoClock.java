package io.carillon.demo;

import io.carillon.config.Config;
import io.carillon.config.Key;
import io.carillon.core.ChannelName;
import io.carillon.core.Hub;
import io.carillon.core.NewPublication;
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
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes the time to {@code demo.clock} each second, if {@link Key#DEMO} says so. */
@Singleton
@Startup
@Lock(LockType.READ)
@TransactionManagement(TransactionManagementType.BEAN)
public class DemoClock {
    private static final System.Logger LOG = System.getLogger(DemoClock.class.getName());
    private static final ChannelName CHANNEL = new ChannelName("demo.clock");
    private static final long SECOND = 1000;

    @Inject
    Config config;

    @Inject
    Hub hub;

    @Resource
    TimerService timers;

    private final AtomicLong ticks = new AtomicLong();

    @PostConstruct
    void start() {
        if (config.flag(Key.DEMO)) {
            timers.createIntervalTimer(SECOND, SECOND, new TimerConfig(null, false));
        }
    }

    @Timeout
    void tick() {
        if (!hub.accepting()) {
            return;
        }
        try {
            hub.publish(List.of(update(System.currentTimeMillis(), LocalTime.now(ZoneId.systemDefault()))));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "no tick of the demo clock: {0}", e.getMessage());
        }
    }

    private NewPublication update(long now, LocalTime time) {
        String data = "{\"timestamp\":" + now + ",\"message\":\"tick " + ticks.incrementAndGet() + ", "
                + time.format(DateTimeFormatter.ofPattern("HH:mm:ss")) + "\"}";
        return new NewPublication(CHANNEL, "update", data.getBytes(StandardCharsets.UTF_8), null, null);
    }

    @PreDestroy
    void stop() {
        timers.getTimers().forEach(Timer::cancel);
    }
}
