package io.carillon.skeleton;

import jakarta.inject.Inject;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** {@code v1/hello-ws}: greets whoever opens it. */
@ServerEndpoint("/v1/hello-ws")
public class HelloEndpoint {
    @Inject
    Greeting greeting;

    @OnOpen
    public void open(Session session) {
        session.getAsyncRemote().sendText(greeting.from("endpoint"), result -> {});
    }
}
