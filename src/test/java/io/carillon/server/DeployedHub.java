package io.carillon.server;

import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;

/** A test of the hub on the server that the profile selects. A subclass adds its {@code @Deployment}. */
@ArquillianTest
public abstract class DeployedHub {
    @ArquillianResource
    private URL reported;

    /** Resolves a path without a leading slash, such as {@code v1/publish}. */
    protected final URI hub(String path) {
        return HubDeployment.base(reported).resolve(path);
    }

    /** The same as {@link #hub}, for a WebSocket. */
    protected final URI socket(String path) {
        return URI.create(hub(path).toString().replaceFirst("^http", "ws"));
    }
}
