package io.carillon.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class IoThreadOutboxTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> written = new ArrayList<>();
    private boolean ended;
    private final IoThreadOutbox outbox = new IoThreadOutbox(task -> {
        if (ended) {
            throw new RejectedExecutionException("shut down");
        }
        tasks.add(task);
    });

    private void add(String answer) {
        outbox.add(() -> written.add(answer));
    }

    private void runOne() {
        tasks.remove().run();
    }

    @Test
    void manyAnswersAreOneTaskAndKeepTheirOrder() {
        add("a");
        add("b");
        outbox.send();
        add("c");
        outbox.send();
        assertThat(written).isEmpty();
        assertThat(tasks).hasSize(1);
        runOne();
        assertThat(written).containsExactly("a", "b", "c");
    }

    @Test
    void nothingThatIsSentTwiceIsLostOrWrittenTwice() {
        add("a");
        outbox.send();
        runOne();
        outbox.send();
        assertThat(tasks).as("nothing waits").isEmpty();
        add("b");
        outbox.send();
        runOne();
        assertThat(written).containsExactly("a", "b");
    }

    @Test
    void whatIsSentWhileOthersAreWrittenIsWritten() {
        outbox.add(() -> {
            written.add("a");
            add("b");
            outbox.send();
        });
        outbox.send();
        while (!tasks.isEmpty()) {
            runOne();
        }
        assertThat(written).containsExactly("a", "b");
    }

    @Test
    void anAnswerThatFailsKeepsNoOtherBack() {
        outbox.add(() -> {
            throw new IllegalStateException("its connection is closed");
        });
        add("b");
        outbox.send();
        runOne();
        assertThat(written).containsExactly("b");
    }

    @Test
    void aThreadThatIsEndedHarmsNobody() {
        ended = true;
        add("a");
        outbox.send();
        ended = false;
        outbox.send();
        runOne();
        assertThat(written).containsExactly("a");
    }
}
