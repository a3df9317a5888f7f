package io.carillon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.auth.Refusals;
import io.carillon.client.Scrape;
import io.carillon.core.ChannelName;
import io.carillon.core.Hub;
import io.carillon.core.NewPublication;
import io.carillon.protocol.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Hub hub = Watched.hub("m1");
    private final Refusals refusals = new Refusals();
    private final Metrics metrics = new Metrics(hub, refusals, new Build("1.2.3"));

    @AfterEach
    void close() {
        metrics.close();
    }

    private Scrape scrape() throws IOException {
        return Scrape.of(new String(metrics.scrape(null).body(), StandardCharsets.UTF_8));
    }

    @Test
    void aScrapeSaysWhatTheHubDidSinceTheOneBefore() throws IOException {
        assertThat(scrape().value("carillon_publications_accepted_total")).isZero();
        Watched.publish(hub, "12345");
        refusals.count(Refusals.What.PUBLISH, ErrorCode.FORBIDDEN);

        Scrape after = scrape();
        assertThat(after.value("carillon_publications_accepted_total")).isEqualTo(1);
        assertThat(after.value("carillon_publications_bytes_total")).isEqualTo(5);
        assertThat(after.value("carillon_log_append_seconds_count")).isEqualTo(1);
        assertThat(after.value("carillon_log_append_seconds_bucket{le=\"+Inf\"}"))
                .isEqualTo(1);
        assertThat(after.value("carillon_refusals_total{reason=\"forbidden\",what=\"publish\"}"))
                .isEqualTo(1);
        assertThat(after.value("carillon_build{node=\"m1\",version=\"1.2.3\"}")).isEqualTo(1);
        assertThat(after.value("carillon_ready")).isEqualTo(1);
    }

    @Test
    void nothingOfItIsCollectedAsGarbage() throws IOException {
        Watched.publish(hub, "1");
        System.gc();
        System.gc();
        assertThat(scrape().value("carillon_publications_accepted_total")).isEqualTo(1);
        assertThat(scrape().samples().values())
                .as("NaN is what has been collected")
                .doesNotContain(Double.NaN);
    }

    @Test
    void noNameOfAChannelIsInIt() throws IOException {
        hub.publish(List.of(new NewPublication(new ChannelName("very.secret"), "1".getBytes(StandardCharsets.UTF_8))));
        assertThat(new String(metrics.scrape(null).body(), StandardCharsets.UTF_8))
                .doesNotContain("secret");
    }

    @Test
    void openMetricsIsForWhoAsksForIt() throws IOException {
        Page page = metrics.scrape("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertThat(page.type()).startsWith("application/openmetrics-text");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).endsWith("# EOF\n");
        assertThat(metrics.scrape("*/*").type()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void everyLabelHasFewValues() throws IOException {
        assertThat(scrape().samples().keySet().stream()
                        .filter(Pattern.compile("^carillon_").asPredicate())
                        .toList())
                .hasSizeLessThan(220);
    }

    @Test
    void whatTheDashboardAndTheAlertsAskForExists() throws IOException {
        System.gc(); // the JVM's pauses are a metric once there was one
        Scrape.awaitGarbageCollection(() -> scrape());
        assertThat(Scrape.missingIn(scrape())).isEmpty();
    }
}
