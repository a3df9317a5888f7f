package io.carillon.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Publisher;
import io.carillon.client.Target;
import io.carillon.server.RunningHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/run} opens, and to whom. */
@ExtendWith(HubAndBrowser.class)
class DemoModeBrowserIT {
    private RunningHub hub;
    private Target stranger;

    @BeforeEach
    void meet(RunningHub hub) {
        this.hub = hub;
        stranger = new Target("bin/run", hub.uri(""), Map.of());
    }

    private int publishes(Target who, String channel) {
        return new Publisher(who)
                .post("v1/channels/" + channel + "/publications", "application/json", "1")
                .status();
    }

    @Test
    void theTokenThatIsPrintedIsAnAdministrators() {
        Matcher token = Pattern.compile("(?m)^ +token (\\S+\\.\\S+\\.\\S+)$").matcher(hub.output());
        assertThat(token.find()).as("a token in%n%s", hub.output()).isTrue();
        Target admin = stranger.with("Authorization", "Bearer " + token.group(1));
        assertThat(new Publisher(admin).get("v1/admin/connections").status()).isEqualTo(200);
        assertThat(publishes(admin, "orders")).isEqualTo(201);
        assertThat(new Publisher(stranger).get("v1/admin/connections").status()).isEqualTo(401);
    }

    @Test
    void publicAndDemoAreOpenAndNothingElse() {
        for (String channel : new String[] {"public", "demo.a", "demo.a.b"}) {
            assertThat(publishes(stranger, channel)).as(channel).isEqualTo(201);
            assertThat(history(channel)).as(channel).isEqualTo(200);
        }
        for (String channel : new String[] {"orders", "demo", "demonstration", "public.a", "user.ann", "$user.ann"}) {
            assertThat(publishes(stranger, channel)).as(channel).isEqualTo(401);
        }
        assertThat(history("orders")).isEqualTo(401);
    }

    private int history(String channel) {
        return new Publisher(stranger)
                .get("v1/channels/" + channel + "/publications")
                .status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "192.0.2.1",
                "0.0.0.0"
            })
    void aNameThatWasMadeToPointHereIsRefused(String name) throws IOException {
        assertThat(statusFor(name)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "[::1]"})
    void thisMachinesOwnNamesAreTaken(String name) throws IOException {
        assertThat(statusFor(name)).isEqualTo(200);
    }

    /** Of a request that a page of that name would make, which its browser takes for one to the page's own host. */
    private int statusFor(String name) throws IOException {
        String host = name + ":" + stranger.port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stranger.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /v1/channels/public/publications HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://"
                                    + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
