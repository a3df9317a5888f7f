package io.carillon.boot;

import io.carillon.config.Config;
import io.carillon.config.Sources;
import io.carillon.core.Hub;

/** A node as a server has it, configured by this process' system properties, for a test's process without a server. */
public final class BareNode {
    private final Node node = new Node(
            Config.load(Sources.read(System.getProperties(), System.getenv(), BareNode.class.getClassLoader())),
            FanOutThreads.daemons());

    public Hub hub() {
        return node.hub();
    }

    /** As the server stops it: goodbyes, then the log is closed. */
    public void stop() {
        node.stop();
    }
}
