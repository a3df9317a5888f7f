package io.carillon.contract;

import io.carillon.client.Target;
import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Under a context path: clients who know little, publishers, clients who get it wrong, and the main rows of each transport. */
class InContextIT extends ContractIT
        implements PlainClientsContract, PublishContract, BadInputContract, BadFramesContract {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.at("carillon");
    }

    @Override
    public Wire wire() {
        return Wire.POLL;
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void mainRowsHoldUnderAContextPath(Wire wire) {
        DeliveryContract rows = rows(wire);
        rows.eachOfABurstReachesEverySubscriberOnceInOrder();
        rows.aClientThatHopsFromTransportToTransportMissesNothing();
        rows.aCursorBelowTheFloorGetsTheExactGapAndThenTheRest();
    }

    private DeliveryContract rows(Wire wire) {
        Target target = target();
        return new DeliveryContract() {
            @Override
            public Wire wire() {
                return wire;
            }

            @Override
            public Target target() {
                return target;
            }

            /** The path is what is tried here; how many there may be is tried at the root. */
            @Override
            public int subscribers() {
                return 50;
            }
        };
    }
}
