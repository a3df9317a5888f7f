package io.carillon.transport.websocket;

import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** What is agreed at the handshake: no extensions (compression for each client would undo shared frames). */
public class Handshake extends ServerEndpointConfig.Configurator {
    /** The subprotocol of a client that takes several publications in one frame. */
    static final String BATCH = "carillon.batch";

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }
}
