package io.carillon.wire;

import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Who has a connection of Tomcat's in its place. */
abstract class TomcatUpgrade implements InternalHttpUpgradeHandler {
    /** Null until Tomcat has given it. */
    @Nullable
    SocketWrapperBase<?> socket;

    @Override
    public final void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        socket = wrapper;
    }

    @Override
    public final void timeoutAsync(long now) {
        // None is set.
    }

    @Override
    public final void setSslSupport(SSLSupport support) {
        // Who he is was asked of the request.
    }

    @Override
    public final void pause() {
        // The hub says goodbye itself.
    }
}
