package io.carillon.admin;

import io.carillon.core.ChannelName;
import io.carillon.core.Hub;
import io.carillon.core.LogFullException;
import io.carillon.core.LogUnavailableException;
import io.carillon.core.NewPublication;
import io.carillon.core.RefusedException;
import io.carillon.protocol.WireWriter;
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
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Records the hub's figures once a second and, while somebody watches, publishes them to {@link ChannelName#CONSOLE}: so the
 * console is a subscriber like any other.
 */
@Singleton
@Startup
@Lock(LockType.READ)
@TransactionManagement(TransactionManagementType.BEAN)
public class ConsoleTimer {
    private static final System.Logger LOG = System.getLogger(ConsoleTimer.class.getName());
    private static final long SECOND = 1000;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Recorder recorder;

    @Resource
    TimerService timers;

    private Tick second;

    @PostConstruct
    void start() {
        second = new Tick("second of the console", this::look);
        timers.createIntervalTimer(SECOND, SECOND, new TimerConfig(null, false));
    }

    @Timeout
    void tick() {
        second.run();
    }

    private void look() {
        recorder.record();
        if (hub.accepting() && hub.subscribers(ChannelName.CONSOLE) > 0) {
            publish();
        }
    }

    /** A log without room, for one, takes nothing: the console then asks for itself. */
    private void publish() {
        try {
            hub.publishOwn(List.of(figures()));
        } catch (RefusedException | LogFullException | LogUnavailableException e) {
            LOG.log(Level.DEBUG, "the console has no figures of this second: {0}", e.getMessage());
        }
    }

    /** Ephemeral: it counts for who is there now, and none of it is stored. */
    private NewPublication figures() {
        byte[] data = FiguresJson.now(new WireWriter(1536), hub.figures(), recorder.newest())
                .toBytes();
        return new NewPublication(new ChannelName(ChannelName.CONSOLE), "figures", data, null, null, true);
    }

    @PreDestroy
    void stop() {
        timers.getTimers().forEach(Timer::cancel);
    }
}
