package io.carillon.skeleton;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** Beats every second. */
@Singleton
@Lock(LockType.READ)
public class HelloTimer {
    @Inject
    Greeting greeting;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void beat() {
        greeting.beat();
    }
}
