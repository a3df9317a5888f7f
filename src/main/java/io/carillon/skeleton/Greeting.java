package io.carillon.skeleton;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** The one bean that every entry point shares, as they will share the registry of connections. */
@ApplicationScoped
public class Greeting {
    private final AtomicLong beats = new AtomicLong();

    /** Called by the timer; safe for concurrent use. */
    public void beat() {
        beats.incrementAndGet();
    }

    /** Says which entry point answered, and that the timer runs. */
    public String from(String entryPoint) {
        return "hello from " + entryPoint + ", beats " + beats.get();
    }
}
