package io.carillon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.core.Appended;
import io.carillon.core.ChannelName;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Gap;
import io.carillon.core.NewPublication;
import io.carillon.core.Publication;
import io.carillon.server.DeployedHub;
import io.carillon.server.HubDeployment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A Java back end that publishes to the real hub and reads from it. */
class RemoteHubIT extends DeployedHub {
    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.at("beside");
    }

    private static NewPublication publication(String channel, int n) {
        return new NewPublication(new ChannelName(channel), ("{\"n\": " + n + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatOneBackEndPublishesAnotherReceivesOnceAndInOrder() {
        List<Long> heard = new CopyOnWriteArrayList<>();
        List<Gap> gaps = new CopyOnWriteArrayList<>();
        Listener listener = new Listener() {
            @Override
            public void publication(Publication publication) {
                heard.add(publication.id());
            }

            @Override
            public void gap(Gap gap) {
                gaps.add(gap);
            }
        };
        List<ChannelPattern> channels = List.of(new ChannelPattern("stock.**"), new ChannelPattern("orders"));
        try (RemoteHub hub = RemoteHub.at(hub("")).build()) {
            long start = hub.publish(publication("orders", 0)).id();
            List<Long> ids = new ArrayList<>();
            RemoteSubscription first = hub.subscribe(channels, start, listener);
            for (int n = 0; n < 20; n++) {
                ids.add(hub.publish(publication("orders", n)).id());
                List<NewPublication> batch = IntStream.range(0, 50)
                        .mapToObj(i -> publication("stock." + i % 3 + ".x", i))
                        .toList();
                hub.publish(batch).stream().map(Appended::id).forEach(ids::add);
                if (n == 10) { // goes on later where it has ended
                    await().until(() -> first.cursor() != null && first.cursor() > start);
                    first.close();
                    await().until(() -> !first.alive());
                    hub.subscribe(channels, first.cursor(), listener);
                }
            }
            await().until(() -> heard.size() >= ids.size());
            assertThat(heard).isEqualTo(ids);
            assertThat(gaps).isEmpty();
            assertThat(hub.history(new ChannelName("orders"), start, 1000).publications())
                    .hasSize(20);
        }
    }
}
