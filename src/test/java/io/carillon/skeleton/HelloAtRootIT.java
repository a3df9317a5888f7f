package io.carillon.skeleton;

import io.carillon.server.HubDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

class HelloAtRootIT extends HelloContract {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.atRoot();
    }
}
