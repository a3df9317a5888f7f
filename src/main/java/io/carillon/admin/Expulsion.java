package io.carillon.admin;

import io.carillon.auth.Identity;
import io.carillon.auth.Revocations;
import io.carillon.core.Client;
import io.carillon.core.CloseReason;
import io.carillon.core.Connection;
import io.carillon.core.Hub;
import io.carillon.core.LogLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.function.Predicate;

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

    /**
     * Ends those whose client is meant; returns how many.
     *
     * @param by who says so
     */
    int close(Predicate<Connection> meant, Identity by) {
        int closed = close(meant);
        LOG.log(
                Level.INFO,
                LogLine.of("connections.kicked")
                        .with("by", by)
                        .with("count", closed)
                        .say("an operator has closed connections"));
        return closed;
    }

    private int close(Predicate<Connection> meant) {
        int closed = 0;
        for (Connection connection : hub.connections().all()) {
            if (meant.test(connection)) {
                connection.close(CloseReason.KICKED);
                closed++;
            }
        }
        return closed;
    }

    /** Ends those whose credential has been revoked. Again and again, for whoever came in while it was being revoked. */
    int closeRevoked() {
        if (revocations.none()) {
            return 0;
        }
        int closed = close(connection -> {
            Client client = connection.client();
            return revocations.revoked(client);
        });
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
