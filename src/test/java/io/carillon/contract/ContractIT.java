package io.carillon.contract;

import io.carillon.client.Target;
import io.carillon.server.DeployedHub;
import io.carillon.server.Server;
import java.util.Map;

/** A contract on the hub that Arquillian has deployed. */
abstract class ContractIT extends DeployedHub {
    public Target target() {
        return new Target(Server.current().name(), hub(""), Map.of());
    }
}
