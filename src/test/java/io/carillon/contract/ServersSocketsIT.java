package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.RawClient;
import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** WildFly's own WebSocket, which the hub uses when it is told to, and for clients who have a session of the container. */
@EnabledIfSystemProperty(
        named = "arquillian.launch",
        matches = "wildfly",
        disabledReason = "other servers keep the sockets in any case, and run all of the contracts that way")
class ServersSocketsIT extends ContractIT implements DeliveryContract {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.with("carillon.websocket.direct=false\n");
    }

    @Override
    public Wire wire() {
        return Wire.WEBSOCKET;
    }

    @Test
    void theServerKeepsThem() {
        try (RawClient client = RawClient.webSocket(target(), List.of(freshChannel()))) {
            assertThat(client.head()).containsEntry("upgrade", "WebSocket");
        }
    }
}
