package io.carillon.contract;

import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** With short limits, so that they can be waited for, and little memory. */
class LimitsIT extends ContractIT implements PatienceContract, BadClientsContract, UsersContract {
    private static final String CONFIG = """
            carillon.heartbeat=5s
            carillon.silence=10s
            carillon.progress=2s
            carillon.memory=32MB
            """;

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.with(CONFIG, HeaderUser.class);
    }

    @Override
    public Wire wire() {
        return Wire.WEBSOCKET;
    }

    @Override
    public long heapGrowth() {
        return 64L << 20;
    }
}
