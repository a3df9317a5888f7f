package io.carillon.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.HubDeployment;
import io.carillon.server.Server;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Under a path, and with a class of the test inside the WAR. */
class HelloInContextIT extends HelloContract {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.at("carillon").addClass(StampFilter.class);
    }

    @Test
    void filterOfTheTestRunsInTheServer() throws Exception {
        var request = HttpRequest.newBuilder(hub("v1/hello-servlet")).build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());

        assertThat(answer.headers().firstValue("X-Stamp")).contains("seen");
        assertThat(answer.uri().getPath()).isEqualTo("/carillon/v1/hello-servlet");
        assertThat(Server.current()).isNotNull();
    }
}
