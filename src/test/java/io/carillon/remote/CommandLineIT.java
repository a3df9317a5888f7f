package io.carillon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.client.Tokens;
import io.carillon.remote.CommandLine.Ended;
import io.carillon.server.DeployedHub;
import io.carillon.server.HubDeployment;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** {@code bin/carillon} against the hub on each server. */
class CommandLineIT extends DeployedHub {
    private static final String SECRET = "a secret for tests that has more than 32 bytes";
    private static final String ALL =
            "{\"subscribe\":[\"**\"],\"publish\":[\"**\"],\"presence\":[\"**\"],\"admin\":true}";

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.configured("carillon.token.secret=" + SECRET + "\n");
    }

    private CommandLine line() {
        return new CommandLine(hub(""), Tokens.signed(SECRET, "operator", ALL));
    }

    @Test
    void whatIsPublishedIsInTheTailAndInTheHistory() throws Exception {
        Ended first = line().run("publish", "cli.orders", "{\"n\":1}", "--event", "paid", "--key", "k-1");
        Ended again = line().run("publish", "cli.orders", "{\"n\":1}", "--event", "paid", "--key", "k-1");
        Ended second = line().run("publish", "cli.mails", "\"hello\"");

        assertThat(first.out()).contains("\"channel\":\"cli.orders\",\"duplicate\":false}");
        assertThat(again.out()).isEqualTo(first.out().replace("false", "true"));
        assertThat(second.code()).isZero();
        Ended tail = line().run("tail", "cli.*", "--since", "0", "--count", "2");
        assertThat(tail.code()).isZero();
        assertThat(tail.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"event\":\"paid\",\"data\":{\"n\":1}"),
                        line -> assertThat(line).contains("\"cli.mails\"", "\"data\":\"hello\""));
        assertThat(line().run("history", "cli.orders", "--limit", "5").out())
                .contains("\"data\":{\"n\":1}", "\"more\":false");
    }

    @Test
    void whoTailsIsSeenAndCanBeKicked() throws Exception {
        Process tail = line().start("tail", "cli.room");
        AtomicReference<String> connection = new AtomicReference<>();
        await().untilAsserted(() -> {
            String present = line().run("presence", "cli.room").out();
            assertThat(present).contains("\"count\":1", "\"user\":\"operator\"");
            connection.set(present.replaceFirst("(?s).*\"connection\":\"([^\"]*)\".*", "$1"));
        });
        assertThat(line().run("connections", "--user", "operator").out()).contains(connection.get(), "\"sse\"");

        assertThat(line().run("kick", connection.get()).out()).isEqualTo("{\"closed\":1}\n");

        Ended ended = CommandLine.end(tail);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("closed by an operator");
        assertThat(line().run("kick", connection.get()).err()).contains("404: ");
    }

    @Test
    void aStrangerIsToldWhatHeNeeds() throws Exception {
        Ended refused = new CommandLine(hub(""), "").run("publish", "cli.orders", "1");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("401: ", "CARILLON_TOKEN");
    }
}
