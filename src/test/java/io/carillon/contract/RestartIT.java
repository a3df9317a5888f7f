package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.Publisher;
import io.carillon.client.Received;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.Wire;
import io.carillon.core.ChannelPattern;
import io.carillon.core.Gap;
import io.carillon.core.Publication;
import io.carillon.remote.Listener;
import io.carillon.remote.RemoteHub;
import io.carillon.server.HubDeployment;
import io.carillon.server.RunningHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A server ends while publishers and subscribers are busy, and comes back with the same data. */
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly", disabledReason = "bin/run starts a WildFly")
class RestartIT {
    private static final String CHANNEL = "orders";
    private static final int PUBLISHERS = 4;

    @Test
    void killedServerComesBackWithAllThatItAcknowledged() throws Exception {
        survives(RunningHub::kill);
    }

    @Test
    void stoppedServerComesBackWithAllThatItAcknowledged() throws Exception {
        survives(RunningHub::stop);
    }

    private static void survives(Consumer<RunningHub> end) throws Exception {
        try (RunningHub hub = RunningHub.start("-Dcarillon.demo=false", "-D" + HubDeployment.OPEN.strip())) {
            Target target = new Target("wildfly", hub.uri(""), Map.of());
            Publisher publisher = new Publisher(target);
            long start = publisher.publish(CHANNEL, "\"start\"");
            List<Subscriber> before = new ArrayList<>();
            for (Wire wire : Wire.values()) {
                before.add(wire.subscriber(target).connect(List.of(CHANNEL), start));
            }
            List<Long> heard = new CopyOnWriteArrayList<>();
            RemoteHub backEnd = RemoteHub.at(hub.uri("")).build();
            backEnd.subscribe(List.of(new ChannelPattern(CHANNEL)), start, new Hearing(heard));
            Load load = new Load(target);
            load.awaitAcknowledged(300);

            end.accept(hub);
            load.end();
            before.forEach(Subscriber::close);
            hub.restart();

            ConcurrentSkipListMap<Long, String> acknowledged = load.acknowledged;
            long newest = acknowledged.lastKey();
            String key = acknowledged.get(newest);
            assertThat(publish(publisher, key).body()).contains("\"id\":" + newest, "\"duplicate\":true");
            long next = publisher.publish(CHANNEL, "\"next\"");
            List<Long> all = history(publisher, start);
            assertThat(all).containsAll(acknowledged.keySet()).isSorted().doesNotHaveDuplicates();
            assertThat(next).isGreaterThan(newest).isEqualTo(all.get(all.size() - 1));

            assertThat(Expect.until(Duration.ofSeconds(60), () -> heard.size() >= all.size()))
                    .isTrue();
            assertThat(heard).as("a back end that has come back by itself").isEqualTo(all);
            backEnd.close();
            for (Subscriber one : before) {
                List<Long> got = Expect.ids(one);
                assertThat(got).as("%s before the end", one).isEqualTo(all.subList(0, got.size()));
                for (Wire wire : Wire.values()) {
                    try (Subscriber again = wire.subscriber(target).connect(List.of(CHANNEL), one.cursor())) {
                        Expect.exactly(again, all.subList(got.size(), all.size()));
                        assertThat(again.received())
                                .extracting(Received::channel)
                                .containsOnly(CHANNEL);
                    }
                }
            }
        }
    }

    /** The ids of what a Java back end hears; a gap is none of the expected. */
    private record Hearing(List<Long> ids) implements Listener {
        @Override
        public void publication(Publication publication) {
            ids.add(publication.id());
        }

        @Override
        public void gap(Gap gap) {
            ids.add(-1L);
        }
    }

    private static List<Long> history(Publisher publisher, long since) {
        return publisher
                .get("v1/channels/" + CHANNEL + "/publications?limit=1000&since=" + since)
                .json()
                .objects("publications")
                .stream()
                .map(publication -> publication.number("id"))
                .toList();
    }

    private static Publisher.Answer publish(Publisher publisher, String key) {
        return publisher.post(
                "v1/publications",
                "application/json",
                "{\"publications\":[{\"channel\":\"" + CHANNEL + "\",\"data\":\"" + key + "\",\"key\":\"" + key
                        + "\"}]}");
    }

    /** Publishers, each of which waits for its answer, at most for as much as a channel retains. */
    private static final class Load {
        private static final int MOST = 800;

        /** The key of each publication that was acknowledged, by its id. */
        final ConcurrentSkipListMap<Long, String> acknowledged = new ConcurrentSkipListMap<>();

        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Load(Target target) {
            for (int i = 0; i < PUBLISHERS; i++) {
                String name = "p" + i;
                Thread thread = new Thread(() -> run(new Publisher(target), name), name);
                threads.add(thread);
                thread.start();
            }
        }

        private void run(Publisher publisher, String name) {
            for (int n = 0; n < MOST / PUBLISHERS && !ended.get(); n++) {
                String key = name + "-" + n;
                try {
                    Publisher.Answer answer = publish(publisher, key);
                    if (answer.status() != 201) {
                        return;
                    }
                    acknowledged.put(
                            answer.json().objects("publications").get(0).number("id"), key);
                } catch (IllegalStateException e) {
                    return; // no answer: the server is no more
                }
            }
        }

        void awaitAcknowledged(int count) {
            assertThat(Expect.until(Duration.ofSeconds(60), () -> acknowledged.size() >= count))
                    .isTrue();
        }

        void end() throws InterruptedException {
            ended.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
