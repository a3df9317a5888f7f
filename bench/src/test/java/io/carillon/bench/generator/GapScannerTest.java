package io.carillon.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapScannerTest {
    private static final String EVENT =
            "id: 9\nevent: gap\ndata: {\"channel\":\"rror-000000\",\"from\":1795812409283103,\"to\":1795812409283166}\n\n";
    private static final String MESSAGE = "[{\"type\":\"gap\",\"channel\":\"b\",\"from\":0,\"to\":9223372036854775807},"
            + "{\"type\":\"message\",\"channel\":\"rom\",\"id\":3,\"event\":\"message\",\"data\":\"xx\",\"time\":4}]";

    private final List<String> found = new ArrayList<>();
    private final GapScanner scanner = new GapScanner((from, to) -> found.add(from + "/" + to));

    private void scan(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        scanner.scan(bytes, 0, bytes.length);
    }

    @Test
    void itIsFoundWhateverCarriesIt() {
        scan(EVENT);
        scan(MESSAGE);
        scan("\"messages\":[],\"gaps\":[{\"channel\":\"b\",\"from\":1,\"to\":2},{\"channel\":\"c\",\"from\":3,\"to\":4}]}");
        assertThat(found)
                .containsExactly("1795812409283103/1795812409283166", "0/9223372036854775807", "1/2", "3/4");
    }

    @Test
    void itIsFoundWhereverItIsCut() {
        String text = EVENT + MESSAGE;
        Cuts.of(text, this::scan, where -> {
            assertThat(found).as(where).containsExactly("1795812409283103/1795812409283166", "0/9223372036854775807");
            found.clear();
        });
    }

    @Test
    void whatOnlyLooksLikeOneIsNone() {
        scan("retry: 3000\n\nrom\":x,\"from\":1,\"channel\":2}\"from\":1}\"cursor\":7,\"to\":8}");
        assertThat(found).isEmpty();
    }
}
