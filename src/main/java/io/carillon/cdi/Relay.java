package io.carillon.cdi;

import io.carillon.core.Appended;
import io.carillon.core.Backlog;
import io.carillon.core.Hub;
import io.carillon.core.Member;
import io.carillon.core.NewPublication;
import io.carillon.core.PresenceChange;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Fires what the hub does as CDI events, if somebody observes them; otherwise it has no thread and hears of nothing.
 *
 * <p>They are fired one after the other by one thread, {@code carillon-events}, so an observer that blocks holds up no
 * delivery, but the events behind it: at most {@link #CAPACITY} wait, of which the oldest goes. An observer that throws is
 * logged. No request is active there, and no transaction.
 */
@Singleton
@Startup
@Lock(LockType.READ)
public class Relay {
    /** Events that wait, at most. */
    static final int CAPACITY = 1000;

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());

    @Inject
    Hub hub;

    @Inject
    BeanManager beans;

    @Inject
    Event<Object> events;

    private final Backlog<Object> backlog =
            new Backlog<>("events", CAPACITY, CAPACITY, batch -> batch.forEach(this::fire));

    @PostConstruct
    void start() {
        Member nobody = new Member("", null, null);
        boolean members = observed(new Joined("", nobody, 0, 0))
                || observed(new Left("", nobody, 0, 0))
                || observed(new Occupied("", 0))
                || observed(new Vacated("", 0));
        boolean publications = observed(new Published(0, "", "", new byte[0]));
        if (members) {
            hub.presence().listen(changes -> changes.forEach(this::changed));
        }
        if (publications) {
            hub.listen(this::published);
        }
        if (members || publications) {
            backlog.start();
        }
    }

    private boolean observed(Object event) {
        return !beans.resolveObserverMethods(event).isEmpty();
    }

    private void changed(PresenceChange change) {
        String channel = change.channel();
        Member member = change.member();
        if (member == null) {
            boolean first = change.kind() == PresenceChange.Kind.OCCUPIED;
            backlog.add(first ? new Occupied(channel, change.time()) : new Vacated(channel, change.time()));
        } else {
            boolean joined = change.kind() == PresenceChange.Kind.JOINED;
            backlog.add(
                    joined
                            ? new Joined(channel, member, change.count(), change.time())
                            : new Left(channel, member, change.count(), change.time()));
        }
    }

    private void published(List<NewPublication> batch, List<Appended> answers) {
        for (int i = 0; i < answers.size(); i++) {
            Appended answer = answers.get(i);
            if (!answer.duplicate()) {
                NewPublication one = batch.get(i);
                backlog.add(new Published(answer.id(), answer.channel(), one.event(), one.data()));
            }
        }
    }

    private void fire(Object event) {
        try {
            events.fire(event);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an observer failed", e);
        }
    }

    @PreDestroy
    void stop() {
        backlog.close();
    }
}
