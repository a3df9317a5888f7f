package io.carillon.admin;

import io.carillon.auth.Revocations;
import io.carillon.core.CloseReason;
import io.carillon.core.Hub;
import io.carillon.core.LogLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;

/** Ends connections of this node because somebody says so. */
@ApplicationScoped
public class Expulsion {
    private static final System.Logger LOG = System.getLogger(Expulsion.class.getName());

    @Inject
    @SuppressWarnings("NullAway.Init")
    Hub hub;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Revocations revocations;

    /** Ends those whose credential has been revoked. Again and again, for whoever came in while it was being revoked. */
    int closeRevoked() {
        if (revocations.none()) {
            return 0;
        }
        int closed = hub.connections().close(one -> revocations.revoked(one.client()), CloseReason.KICKED);
        if (closed > 0) {
            LOG.log(
                    Level.INFO,
                    LogLine.of("connections.revoked")
                            .with("count", closed)
                            .say("connections were closed, whose credentials have been revoked"));
        }
        return closed;
    }
}
