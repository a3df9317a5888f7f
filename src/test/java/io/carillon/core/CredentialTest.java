package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A connection ends with its credential, and a stranger may become somebody. */
class CredentialTest {
    private final TestHub hub = TestHub.roomy();
    private final FakeOutlet outlet = new FakeOutlet();

    private Client client(@Nullable String user, Duration left) {
        long expires = hub.clock.millis() + left.toMillis();
        return new Client(Transport.WEBSOCKET, user, "127.0.0.1", new Credential("t-1", expires));
    }

    private Connection open(Client client) {
        return hub.hub.open(new Opening(client, TestHub.patterns("a"), null, null), outlet, Opening.Answers.NONE);
    }

    private void passAndBeat(Connection connection, Duration time) {
        hub.clock.advance(time);
        connection.seen();
        hub.hub.beat();
    }

    @Test
    void aConnectionEndsWithItsCredential() {
        Connection connection = open(client("ann", Duration.ofSeconds(5)));
        passAndBeat(connection, Duration.ofMillis(4999));
        assertThat(connection.open()).isTrue();
        passAndBeat(connection, Duration.ofMillis(1));
        assertThat(connection.open()).isFalse();
        assertThat(outlet.goodbyes()).extracting(Line.Goodbye::reason).containsExactly(CloseReason.EXPIRED);
    }

    @Test
    void aNewCredentialKeepsItOpen() {
        Connection connection = open(client("ann", Duration.ofSeconds(5)));
        hub.hub.identify(connection, client("ann", Duration.ofSeconds(10)));
        passAndBeat(connection, Duration.ofSeconds(9));
        assertThat(connection.open()).isTrue();
        passAndBeat(connection, Duration.ofSeconds(1));
        assertThat(connection.open()).isFalse();
    }

    @Test
    void aStrangerWhoSaysWhoHeIsGetsHisOwnMailFromThenOn() {
        hub.publish("$user.ann");
        Connection connection = open(new Client(Transport.WEBSOCKET, null, ""));
        hub.hub.identify(connection, client("ann", Duration.ofHours(1)));
        assertThat(hub.hub.connections().ofUser("ann")).containsExactly(connection);
        long mine = hub.publish("$user.ann");

        assertThat(outlet.ids()).containsExactly(mine);
        connection.gone();
        assertThat(hub.hub.connections().ofUser("ann")).isEmpty();
    }

    @Test
    void hisMailReachesHimAlsoWhenNobodyHasWrittenBefore() {
        Connection connection = open(new Client(Transport.WEBSOCKET, null, ""));
        hub.hub.identify(connection, client("ann", Duration.ofHours(1)));
        long mine = hub.publish("$user.ann");

        assertThat(outlet.ids()).containsExactly(mine);
    }

    @Test
    void nobodyBecomesSomebodyElse() {
        Connection connection = open(client("ann", Duration.ofHours(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hub.hub.identify(connection, client("bob", Duration.ofHours(1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hub.hub.identify(connection, new Client(Transport.WEBSOCKET, null, "")));
        assertThat(hub.hub.connections().ofUser("ann")).containsExactly(connection);
    }

    @Test
    void whoHasLeftIsNotFoundByAUserThatComesLate() {
        Connection connection = open(new Client(Transport.WEBSOCKET, null, ""));
        connection.gone();
        hub.hub.identify(connection, client("ann", Duration.ofHours(1)));
        assertThat(hub.hub.connections().ofUser("ann")).isEmpty();
    }
}
