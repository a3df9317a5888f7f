package io.carillon.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultTest {
    private static final Logger LOGGER = Logger.getLogger(Fault.class.getName());

    private final List<Throwable> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stop() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void unexpectedErrorIsToldWithoutItsInternalsAndLogged() {
        RuntimeException cause = new IllegalStateException("internals");

        Fault fault = Fault.of(cause);

        assertThat(fault.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(fault.detail()).isEqualTo("unexpected error; the server's log has the cause");
        assertThat(logged).containsExactly(cause);
    }

    @Test
    void whatItsSenderCanMendIsNotLogged() {
        Fault fault = Fault.of(new ProtocolException(ErrorCode.INVALID_REQUEST, "no channel"));

        assertThat(fault.detail()).isEqualTo("no channel");
        assertThat(logged).isEmpty();
    }

    @Test
    void theCodeAloneIsNotLogged() {
        assertThat(Fault.codeOf(new IllegalStateException("internals"))).isEqualTo(ErrorCode.INTERNAL);
        assertThat(logged).isEmpty();
    }
}
