package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import io.carillon.client.Scrape;
import io.carillon.client.Target;
import io.carillon.server.HubDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A hub whose disk has failed, and which then goes down, says so to a balancer, and why only to who may know. */
class SickHubIT extends ContractIT {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.with("", Saboteur.class);
    }

    @Test
    void aHubThatStoresNothingOrGoesDownIsNotReady() {
        Publisher here = new Publisher(target());
        Target far = target().with("X-Forwarded-For", "203.0.113.7");
        assertThat(here.get("health/ready").status()).isEqualTo(200);

        here.post("saboteur?do=fail", "application/json", "");
        Publisher.Answer known = here.get("health/ready");
        assertThat(known.status()).isEqualTo(503);
        assertThat(known.body())
                .contains(
                        "{\"name\":\"accepting\",\"status\":\"UP\"}", "{\"name\":\"log\",\"status\":\"DOWN\",\"data\":")
                .contains("until the hub is restarted");
        Publisher.Answer unknown = new Publisher(far).get("health/ready");
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(JsonObject.parse(unknown.body()).text("status")).isEqualTo("DOWN");
        assertThat(unknown.body()).doesNotContain("restarted");
        assertThat(here.get("health/live").status()).as("alive all the same").isEqualTo(200);
        assertThat(here.post("saboteur?do=read&what=Ready", "application/json", "")
                        .body())
                .as("of the one MBean that there is, also where another hub was undeployed before")
                .isEqualTo("false");
        assertThat(here.post("v1/channels/a/publications", "application/json", "1")
                        .status())
                .isEqualTo(503);
        Scrape sick = Scrape.of(here.get("metrics").body());
        assertThat(sick.value("carillon_log_failed")).isEqualTo(1);
        assertThat(sick.value("carillon_ready")).isZero();
        assertThat(sick.value("carillon_publications_refused_total{reason=\"log-unavailable\"}"))
                .isEqualTo(1);

        here.post("saboteur?do=drain", "application/json", "");
        assertThat(here.get("health/ready").body()).contains("{\"name\":\"accepting\",\"status\":\"DOWN\"");
        assertThat(here.get("health/live").status()).isEqualTo(200);
    }
}
