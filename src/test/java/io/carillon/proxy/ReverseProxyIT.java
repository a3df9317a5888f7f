package io.carillon.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.JsonObject;
import io.carillon.client.Publisher;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.Tokens;
import io.carillon.client.Wire;
import io.carillon.server.DeployedHub;
import io.carillon.server.HubDeployment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real nginx and the real Apache, as we say that they should be configured, pass everything on as it comes. */
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly", disabledReason = "one server is enough")
class ReverseProxyIT extends DeployedHub {
    private static final String SECRET = "a secret for tests that has more than 32 bytes";
    /** Far longer than a pass through a proxy takes, far shorter than any buffer or timeout would hold something back. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.configured(HubDeployment.OPEN + "carillon.token.secret=" + SECRET + "\n");
    }

    @ParameterizedTest
    @EnumSource(ReverseProxy.Kind.class)
    void eachPublicationComesThroughOnEachTransportWhenItIsPublished(ReverseProxy.Kind kind) throws IOException {
        try (ReverseProxy proxy = ReverseProxy.before(kind, hub(""))) {
            Target through = new Target("proxy", proxy.root(), Map.of());
            Publisher publisher = new Publisher(through);
            String channel = "proxied." + kind;
            long start = publisher.publish(channel, "0");
            for (Wire wire : Wire.values()) {
                try (Subscriber subscriber = wire.subscriber(through).connect(List.of(channel), start)) {
                    await(() -> present(channel) == 1);
                    for (int n = 1; n <= 5; n++) { // the next is published only when the one before is there
                        long id = publisher.publish(channel, "" + n);
                        await(() -> subscriber.cursor() >= id);
                    }
                    assertThat(subscriber.received()).hasSize(5);
                }
                await(
                        () -> { // that the client has gone is passed on, too, at the latest when something is written
                            // to it
                            publisher.publish(channel, "\"gone?\"");
                            return present(channel) == 0;
                        });
                start = publisher.publish(channel, "0");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ReverseProxy.Kind.class)
    void theHubSeesWhoAsksAndWhichHostWasAskedFor(ReverseProxy.Kind kind) throws IOException {
        try (ReverseProxy proxy = ReverseProxy.before(kind, hub(""))) {
            Target page = new Target("proxy", proxy.root(), Map.of())
                    .with("Origin", "http://127.0.0.1:" + proxy.root().getPort())
                    .with("X-Forwarded-For", "203.0.113.9");
            String channel = "seen." + kind;
            try (Subscriber stream = Wire.SSE.subscriber(page).connect(List.of(channel), null)) {
                await(() -> present(channel) == 1);
                Target admin = new Target("hub", hub(""), Map.of())
                        .with("Authorization", "Bearer " + Tokens.signed(SECRET, "root", "{\"admin\":true}"));
                JsonObject list =
                        new Publisher(admin).get("v1/admin/connections").json();
                assertThat(list.objects("connections"))
                        .filteredOn(one -> one.toString().contains(channel))
                        .extracting(one -> one.text("address"))
                        .containsExactly("203.0.113.9");
                assertThat(stream.open()).isTrue();
            }
            Target foreign = new Target("proxy", proxy.root(), Map.of()).with("Origin", "https://evil.example");
            assertThat(new Publisher(foreign)
                            .get("v1/poll?timeout=1&channel=" + channel)
                            .status())
                    .isEqualTo(403);
        }
    }

    private long present(String channel) {
        return new Publisher(new Target("hub", hub(""), Map.of()))
                .get("v1/channels/" + channel + "/presence")
                .json()
                .number("count");
    }

    private static void await(java.util.concurrent.Callable<Boolean> what) {
        Awaitility.await().atMost(AT_ONCE).pollInterval(Duration.ofMillis(10)).until(what);
    }
}
