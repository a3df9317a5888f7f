package io.carillon.contract;

import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

class SseDeliveryIT extends ContractIT implements DeliveryContract, ChurnContract {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.atRoot();
    }

    @Override
    public Wire wire() {
        return Wire.SSE;
    }
}
