package io.carillon.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.core.Credential;
import io.carillon.core.ManualClock;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private final ManualClock clock = new ManualClock();
    private final Revocations revocations = new Revocations(clock);
    private final Tickets tickets = new Tickets(clock, revocations);
    private final Identity ann = identity("ann", Long.MAX_VALUE);

    private static Identity identity(String name, long expires) {
        return new Identity(name, Permissions.NONE, new Credential(null, expires));
    }

    private void isRefused(String ticket, Identity shownBy) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> tickets.redeem(ticket, shownBy))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED))
                .withMessageNotContaining(ticket);
    }

    @Test
    void isGoodOnce() {
        String ticket = tickets.issue(ann);
        assertThat(tickets.redeem(ticket, Identity.STRANGER)).isEqualTo(ann);
        isRefused(ticket, Identity.STRANGER);
    }

    @Test
    void isGoodForHalfAMinute() {
        String first = tickets.issue(ann);
        String second = tickets.issue(ann);
        clock.advance(Duration.ofSeconds(29));
        tickets.redeem(first, Identity.STRANGER);
        clock.advance(Duration.ofSeconds(1));
        isRefused(second, Identity.STRANGER);
    }

    @Test
    void isWorthNothingOnceSomebodyElseHasShownIt() {
        String ticket = tickets.issue(ann);
        isRefused(ticket, identity("bob", Long.MAX_VALUE));
        isRefused(ticket, Identity.STRANGER);
        assertThat(tickets.redeem(tickets.issue(ann), identity("ann", 5))).isEqualTo(ann);
    }

    @Test
    void doesNotOutliveItsCredential() {
        String ticket = tickets.issue(identity("ann", clock.millis() + 1000));
        clock.advance(Duration.ofSeconds(1));
        isRefused(ticket, Identity.STRANGER);
    }

    @Test
    void isWorthNothingOnceItsSubjectIsRevoked() {
        String ticket = tickets.issue(ann);
        revocations.revokeSubject("ann", clock.millis() + 1000);
        isRefused(ticket, Identity.STRANGER);
    }

    @Test
    void cannotBeGuessedFromAnother() {
        assertThat(tickets.issue(ann)).hasSize(32).isNotEqualTo(tickets.issue(ann));
    }

    @Test
    void oneUserCannotHoardThem() {
        for (int i = 0; i < 100; i++) {
            tickets.issue(ann);
        }
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> tickets.issue(ann))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT));
        tickets.issue(identity("bob", Long.MAX_VALUE));
        clock.advance(Duration.ofSeconds(30));
        tickets.issue(ann);
    }

    @Test
    void aStrangerGetsNone() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> tickets.issue(Identity.STRANGER))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
    }
}
