package io.carillon.transport.websocket;

import io.carillon.core.CloseReason;
import io.carillon.core.Outlet;

/** One open WebSocket, whether the container keeps it or the hub itself. */
public interface Socket {
    /**
     * The hub's way to write to it. Asked for once, when it becomes a connection of the hub; nothing else writes from then on.
     *
     * @param batch whether the client takes several publications in one frame
     */
    Outlet outlet(boolean batch);

    /** Says why in words and in a code, then closes. For one that is not a connection of the hub; does not block. */
    void refuse(String error, CloseReason reason);
}
