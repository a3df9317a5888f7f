package io.carillon.remote;

import io.carillon.core.Gap;
import io.carillon.core.Publication;
import java.time.Duration;

/**
 * What a subscription tells. Called by its own thread, one call at a time. Whoever blocks here reads no further: the hub
 * sees a slow client, and in the end tells a gap or ends the stream. What is thrown here is logged, and the next call
 * comes all the same.
 */
public interface Listener {
    /** The next one. Its id is the cursor with which to go on later. */
    void publication(Publication publication);

    /** Something was missed and will not come: fetch the state anew. */
    void gap(Gap gap);

    /** The stream is open. */
    default void connected() {}

    /** The stream is lost; it is opened again after that time. */
    default void disconnected(String why, Duration again) {}

    /** The hub will not have us: the subscription has ended for good. The last call. */
    default void refused(RemoteHubException why) {
        System.getLogger(Listener.class.getName()).log(System.Logger.Level.ERROR, "a subscription has ended", why);
    }
}
