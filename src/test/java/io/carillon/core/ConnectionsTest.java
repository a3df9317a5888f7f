package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private final TestHub hub = TestHub.roomy();
    private final ConnectionRegistry registry = hub.hub.connections();

    @Test
    void openConnectionIsFoundByItsIdItsUserAndItsTransport() {
        Connection anna = hub.open(new FakeOutlet(), Transport.SSE, "anna", null, "a");
        Connection annaToo = hub.open(new FakeOutlet(), Transport.WEBSOCKET, "anna", null, "a");
        Connection stranger = hub.open(new FakeOutlet(), Transport.WEBSOCKET, null, null, "a");

        assertThat(registry.find(anna.id())).isSameAs(anna);
        assertThat(registry.all()).containsExactlyInAnyOrder(anna, annaToo, stranger);
        assertThat(registry.ofUser("anna")).containsExactlyInAnyOrder(anna, annaToo);
        assertThat(registry.ofUser("otto")).isEmpty();
        assertThat(registry.count()).isEqualTo(3);
        assertThat(registry.count(Transport.WEBSOCKET)).isEqualTo(2);
        assertThat(registry.count(Transport.LONG_POLL)).isZero();
    }

    @Test
    void leavingIsSeenOnceHoweverOftenTheTransportSaysSo() {
        Connection connection = hub.open(new FakeOutlet(), Transport.SSE, "anna", null, "a");
        connection.gone();
        connection.gone();
        connection.close(CloseReason.KICKED);
        connection.finished();
        connection.failed(new IllegalStateException("once more"));

        assertThat(registry.find(connection.id())).isNull();
        assertThat(registry.ofUser("anna")).isEmpty();
        assertThat(registry.count()).isZero();
        assertThat(registry.count(Transport.SSE)).isZero();
    }

    @Test
    void listenerHearsOfEachConnectionOnceWhenItJoinsAndOnceWhenItLeaves() {
        List<String> heard = new ArrayList<>();
        hub.hub.listen(new ConnectionListener() {
            @Override
            public void joined(Connection connection) {
                heard.add("joined " + connection);
            }

            @Override
            public void left(Connection connection) {
                heard.add("left " + connection);
            }
        });
        Connection connection = hub.open(new FakeOutlet(), null, "a");
        connection.close(CloseReason.KICKED);
        connection.gone();

        assertThat(heard).containsExactly("joined " + connection, "left " + connection);
    }

    @Test
    void listenerThatThrowsHarmsNeitherTheConnectionNorOtherListeners() {
        List<String> heard = new ArrayList<>();
        ConnectionListener broken = new ConnectionListener() {
            @Override
            public void joined(Connection connection) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void left(Connection connection) {
                throw new IllegalStateException("broken");
            }
        };
        hub.hub.listen(broken);
        hub.hub.listen(new ConnectionListener() {
            @Override
            public void joined(Connection connection) {
                heard.add("joined");
            }

            @Override
            public void left(Connection connection) {
                heard.add("left");
            }
        });
        FakeOutlet outlet = new FakeOutlet();
        Connection connection = hub.open(outlet, null, "a");
        hub.publish("a");
        connection.gone();

        assertThat(outlet.ids()).hasSize(1);
        assertThat(outlet.aborts()).isEqualTo(1);
        assertThat(heard).containsExactly("joined", "left");
        assertThat(registry.count()).isZero();
    }

    @Test
    void connectionThatItsListenerClosesAtOnceLeavesNothingBehind() {
        hub.hub.listen(new ConnectionListener() {
            @Override
            public void joined(Connection connection) {
                connection.close(CloseReason.KICKED);
            }

            @Override
            public void left(Connection connection) {}
        });
        FakeOutlet outlet = new FakeOutlet();
        hub.open(outlet, Transport.SSE, "anna", null, "a");

        assertThat(outlet.goodbyes()).hasSize(1);
        assertThat(registry.count()).isZero();
        assertThat(registry.all()).isEmpty();
        assertThat(registry.ofUser("anna")).isEmpty();
        assertThat(hub.channel("a").subscribers.count()).isZero();
    }
}
