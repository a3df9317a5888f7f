package io.carillon.boot;

import io.carillon.core.Hub;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Starts the hub with the application, so that a bad configuration fails the deployment. */
@Singleton
@Startup
@Lock(LockType.READ)
public class Starter {
    @Inject
    Wiring wiring;

    @PostConstruct
    void start() {
        Hub unused = wiring.hub();
    }

    @PreDestroy
    void stop() {
        wiring.stop();
    }
}
