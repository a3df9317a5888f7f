package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.client.MassClient;
import io.carillon.client.Publisher;
import io.carillon.client.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Who is being cleaned up takes nobody along. A container may use the objects of an ended request for the next one, so
 * what is still done to a dead stream may hit a living one.
 */
interface ChurnContract extends Contract {
    int BYSTANDERS = 20;
    int CROWD = 2_000;
    /** {@code -Dcarillon.churn.rounds=20} looks for longer. */
    int ROUNDS = Integer.getInteger("carillon.churn.rounds", 10);

    /** Each is a write to all who are there, the dead included. */
    Duration PUBLISHING = Duration.ofMillis(50);

    @Test
    default void crowdsThatVanishWhileOthersComeHarmNobody() {
        String channel = freshChannel();
        Publisher publisher = publisher();
        ServerProcess server = ServerProcess.listeningOn(target().port());
        long start = publisher.publish(channel, "0");
        List<Long> ids = Collections.synchronizedList(new ArrayList<>());
        ScheduledExecutorService publishing = Executors.newSingleThreadScheduledExecutor();
        try (MassClient bystanders = new MassClient(target(), Wire.SSE, BYSTANDERS).connect(List.of(channel), start)) {
            long descriptors = server.descriptors();
            ScheduledFuture<?> publications = publishing.scheduleWithFixedDelay(
                    () -> ids.add(publisher.publish(channel, "1")), 0, PUBLISHING.toMillis(), TimeUnit.MILLISECONDS);
            long begin = System.nanoTime();
            MassClient crowd = crowd(channel);
            for (int round = 1; round <= ROUNDS; round++) {
                assertThat(crowd.ended())
                        .as("round %s, cut of those who have just come: %s", round, crowd.ends())
                        .isZero();
                CompletableFuture<Void> vanished = CompletableFuture.runAsync(crowd::vanish);
                if (round < ROUNDS) {
                    crowd = crowd(channel);
                }
                vanished.join();
                // A machine that is slow to bury the dead would refuse the living: that is not the question here.
                Expect.until(Duration.ofSeconds(60), () -> server.descriptors() < descriptors + 2 * CROWD);
            }
            double churned = (System.nanoTime() - begin) / 1e9;
            assertThat(Expect.until(Duration.ofSeconds(30), () -> present(channel) == BYSTANDERS))
                    .as("only the living are present: %s", presence(channel).number("count"))
                    .isTrue();
            double swept = (System.nanoTime() - begin) / 1e9;
            assertThat(publications.isDone()).as("all could be published").isFalse();
            publications.cancel(false);
            publishing.shutdown();
            assertThat(publishing.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

            Expect.exactly(bystanders, List.copyOf(ids));
            assertThat(Expect.until(Duration.ofSeconds(30), () -> server.descriptors() < descriptors + 100))
                    .as("the dead hold no sockets: %s open, %s before", server.descriptors(), descriptors)
                    .isTrue();
            Figures.record(
                    "churn",
                    "%s: %d times %d vanished in %.1f s, all dead gone after %.1f s; %d publications exact to %d; "
                            + "sockets closed after %.1f s",
                    target().server(),
                    ROUNDS,
                    CROWD,
                    churned,
                    swept,
                    ids.size(),
                    BYSTANDERS,
                    (System.nanoTime() - begin) / 1e9);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            publishing.shutdownNow();
        }
    }

    private MassClient crowd(String channel) {
        return new MassClient(target(), Wire.SSE, CROWD).connect(List.of(channel), null);
    }
}
