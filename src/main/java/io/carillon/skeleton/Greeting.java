package io.carillon.skeleton;

import io.carillon.core.ConnectionRegistry;
import io.carillon.core.Hub;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The one bean that every entry point shares; it sees the hub as the transports will. */
@ApplicationScoped
public class Greeting {
    @Inject
    Hub hub;

    @Inject
    ConnectionRegistry connections;

    /** Says which entry point answered, and what it sees of the hub. */
    public String from(String entryPoint) {
        return "hello from " + entryPoint + ", node " + hub.settings().node() + ", " + connections.count()
                + " connections, head " + hub.head();
    }
}
