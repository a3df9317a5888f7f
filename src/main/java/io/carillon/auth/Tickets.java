package io.carillon.auth;

import io.carillon.core.HubClock;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Stand-ins for a credential where a browser can only give an address: each is good once, for {@link #LIFE}, and for the
 * subject that it was made for. Known to this node only. Guarded by its monitor.
 */
public final class Tickets {
    public static final Duration LIFE = Duration.ofSeconds(30);

    private static final int MOST = 10_000;
    private static final int MOST_EACH = 100;
    private static final int BYTES = 24;

    private record Ticket(Identity identity, long deadline) {}

    private final HubClock clock;
    private final Revocations revocations;
    private final SecureRandom random = new SecureRandom();
    /** The oldest first, so that those whose time is over are in front. */
    private final Map<String, Ticket> open = new LinkedHashMap<>();

    public Tickets(HubClock clock, Revocations revocations) {
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * A new one.
     *
     * @throws ProtocolException {@link ErrorCode#UNAUTHORIZED} for a stranger, {@link ErrorCode#LIMIT} when too many wait to be used
     */
    public String issue(Identity to) {
        if (to.stranger()) {
            throw new ProtocolException(ErrorCode.UNAUTHORIZED, "a ticket needs credentials that it stands for");
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        synchronized (this) {
            forgetOld();
            long own = open.values().stream()
                    .filter(one -> Objects.equals(one.identity.subject(), to.subject()))
                    .limit(MOST_EACH)
                    .count();
            if (own == MOST_EACH || open.size() >= MOST) {
                throw new ProtocolException(
                        ErrorCode.LIMIT,
                        "too many tickets wait to be used; the limit is " + MOST_EACH + " for one user");
            }
            open.put(ticket, new Ticket(to, clock.nanos() + LIFE.toNanos()));
        }
        return ticket;
    }

    /**
     * Who shows this ticket, which is worth nothing from now on.
     *
     * @param shownBy who shows it as far as other credentials tell: a stranger, or the subject that it was made for
     * @throws ProtocolException {@link ErrorCode#UNAUTHORIZED} if it is not good, used, too old, or somebody else's
     */
    public Identity redeem(String text, Identity shownBy) {
        Ticket ticket;
        synchronized (this) {
            ticket = open.remove(text);
        }
        boolean good = ticket != null
                && clock.nanos() - ticket.deadline < 0
                && !ticket.identity.expired(clock.millis())
                && (shownBy.stranger() || Objects.equals(shownBy.subject(), ticket.identity.subject()));
        if (ticket == null || !good) {
            throw new ProtocolException(
                    ErrorCode.UNAUTHORIZED,
                    "the ticket is not good: each is for one use, " + LIFE.toSeconds() + " s and one subject");
        }
        revocations.check(ticket.identity);
        return ticket.identity;
    }

    private void forgetOld() {
        long now = clock.nanos();
        Iterator<Ticket> oldest = open.values().iterator();
        while (oldest.hasNext() && now - oldest.next().deadline >= 0) {
            oldest.remove();
        }
    }
}
