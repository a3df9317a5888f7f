package io.carillon.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.HubClock;
import io.carillon.core.Log;
import io.carillon.core.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryLogTest implements LogContract {

    @Override
    public Log newLog(HubClock clock) {
        return new MemoryLog(clock, KEYS);
    }

    @Test
    void logOfALaterProcessBeginsAfterTheOneBefore() {
        ManualClock clock = new ManualClock();
        RecordingTail before = new RecordingTail();
        newLog(clock).start(before);
        clock.advance(Duration.ofSeconds(1));
        RecordingTail after = new RecordingTail();
        newLog(clock).start(after);
        assertThat(after.base()).isEqualTo(before.base() + 1_000_000);
    }
}
