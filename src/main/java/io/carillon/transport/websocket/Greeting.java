package io.carillon.transport.websocket;

import io.carillon.core.Connection;
import io.carillon.core.Frame;
import io.carillon.core.HubSettings;
import io.carillon.core.Opening;
import io.carillon.core.Subscribed;
import io.carillon.protocol.ServerMessages;

/** The words with which a socket begins. */
record Greeting(HubSettings settings) implements Opening.Answers {
    @Override
    public Frame welcome(Connection connection) {
        return ServerMessages.welcome(
                connection.id(), settings.node(), settings.heartbeat().toSeconds());
    }

    @Override
    public Frame subscribed(Subscribed subscribed) {
        return ServerMessages.subscribed(subscribed, null);
    }
}
