package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carillon.client.Subscriber;
import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The server under test posts who comes and goes to a receiver of this test. */
class HookIT extends ContractIT implements Contract {
    private static final List<String> BODIES = new CopyOnWriteArrayList<>();
    private static final List<String> SIGNATURES = new CopyOnWriteArrayList<>();
    private static final Pattern EVENT = Pattern.compile("\"event\":\"(\\w+)\"");
    private static final HttpServer RECEIVER = receiver();

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.with("""
                carillon.presence.lease=1s
                carillon.channel.options=room.** presence=on
                carillon.hook.secret=a secret of at least thirty-two bytes
                carillon.hook.url=http://127.0.0.1:%s/hook
                """.formatted(RECEIVER.getAddress().getPort()));
    }

    private static HttpServer receiver() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/hook", exchange -> {
                SIGNATURES.add(exchange.getRequestHeaders().getFirst("Carillon-Signature"));
                BODIES.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        RECEIVER.stop(0);
    }

    @Override
    public Wire wire() {
        return Wire.WEBSOCKET;
    }

    @Test
    void whoComesAndGoesIsPosted() {
        String room = "room." + freshChannel();
        try (Subscriber unused = connect(List.of(room + "&client=tab"), null)) {
            assertThat(Expect.until(Duration.ofSeconds(20), () -> events().size() == 2))
                    .as("posts: %s", BODIES)
                    .isTrue();
        }
        assertThat(Expect.until(Duration.ofSeconds(20), () -> events().size() == 4))
                .as("posts: %s", BODIES)
                .isTrue();
        assertThat(events()).containsExactly("occupied", "joined", "left", "vacated");
        assertThat(String.join("", BODIES)).contains("\"channel\":\"" + room + "\",\"member\":\"client:tab\"");
        assertThat(SIGNATURES).allSatisfy(signature -> assertThat(signature).matches("t=\\d+,v1=[0-9a-f]{64}"));
    }

    private static List<String> events() {
        Matcher events = EVENT.matcher(String.join("", BODIES));
        return events.results().map(result -> result.group(1)).toList();
    }
}
