package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.FrameEncoder;
import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import java.io.IOException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The server's own WebSocket, which the hub uses when it is told to, and for clients who have a session of the container. */
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
    void theServerKeepsThem() throws IOException {
        try (RawSocket raw = new RawSocket(target()).open(freshChannel())) {
            raw.send(FrameEncoder.frame(3, new byte[0]));
            raw.awaitEnd();
            assertThat(raw.heard()).doesNotContain("opcode 3 means nothing"); // so the hub would say it
        }
    }
}
