package io.carillon.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.support.LogRecords;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
    private final LogRecords log = new LogRecords(Fault.class);

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void unexpectedErrorIsToldWithoutItsInternalsAndLogged() {
        RuntimeException cause = new IllegalStateException("internals");

        Fault fault = Fault.of(cause);

        assertThat(fault.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(fault.detail()).isEqualTo("unexpected error; the server's log has the cause");
        assertThat(log.all()).extracting(LogRecord::getThrown).containsExactly(cause);
    }

    @Test
    void whatItsSenderCanMendIsNotLogged() {
        Fault fault = Fault.of(new ProtocolException(ErrorCode.INVALID_REQUEST, "no channel"));

        assertThat(fault.detail()).isEqualTo("no channel");
        assertThat(log.all()).isEmpty();
    }

    @Test
    void theCodeAloneIsNotLogged() {
        assertThat(Fault.codeOf(new IllegalStateException("internals"))).isEqualTo(ErrorCode.INTERNAL);
        assertThat(log.all()).isEmpty();
    }
}
