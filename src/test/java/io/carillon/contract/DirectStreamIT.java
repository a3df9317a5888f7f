package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.Requests;
import io.carillon.client.Wire;
import io.carillon.server.HubDeployment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Event streams on the socket of their client, byte for byte. All else about them is in the contracts. */
class DirectStreamIT extends ContractIT implements Contract {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.atRoot();
    }

    @Override
    public Wire wire() {
        return Wire.SSE;
    }

    @Test
    void theBodyIsAsItIsAndEndsWithTheConnection() throws IOException {
        try (RawSocket raw = new RawSocket(target())) {
            raw.send(Requests.events(target(), List.of(freshChannel()), null));
            raw.awaitText("retry:");
            assertThat(head(raw))
                    .startsWith("http/1.1 200")
                    .contains("\r\nconnection: close")
                    .contains("\r\ndate: ")
                    .contains("\r\ncontent-type: text/event-stream;charset=utf-8")
                    .doesNotContain("transfer-encoding", "content-length", "content-encoding");
            assertThat(raw.heard()).contains("\r\n\r\n: connection ");
        }
    }

    private static String head(RawSocket raw) {
        return raw.heard().split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
    }

    @Test
    void whoLeavesIsGoneAtOnce() throws IOException {
        String channel = freshChannel();
        try (RawSocket raw = new RawSocket(target())) {
            raw.send(Requests.events(target(), List.of(channel), null));
            raw.awaitText("retry:");
            assertThat(present(channel)).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(3)).until(() -> present(channel) == 0);
    }

    /** There is nothing that it could mean; so it must not get in between. */
    @Test
    void whatTheClientSaysBehindItsRequestChangesNothing() throws IOException {
        String channel = freshChannel();
        byte[] request = Requests.events(target(), List.of(channel), null);
        try (RawSocket raw = new RawSocket(target())) {
            raw.send(request);
            raw.awaitText("retry:");
            raw.send(request);
            for (int i = 0; i < 3; i++) {
                publisher().publish(channel, "\"number " + i + '"');
                raw.awaitText("number " + i);
            }
            assertThat(raw.heard().split("HTTP/1.1", -1)).as(raw.heard()).hasSize(2);
            assertThat(present(channel)).isEqualTo(1);
        }
    }
}
