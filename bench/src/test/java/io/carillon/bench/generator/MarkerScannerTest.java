package io.carillon.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkerScannerTest {
    private final List<String> found = new ArrayList<>();
    private final MarkerScanner scanner =
            new MarkerScanner((time, sequence, channel) -> found.add(time + "/" + sequence + "/" + channel));

    private static String marker(long time, int sequence, int channel) {
        byte[] bytes = new byte[Marker.LENGTH];
        Marker.write(bytes, 0, time, sequence, channel);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private void scan(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        scanner.scan(bytes, 0, bytes.length);
    }

    @Test
    void whatIsWrittenIsFound() {
        scan("data: " + marker(Long.MAX_VALUE, 7, 99_999) + "xx\n\n" + marker(1, Integer.MAX_VALUE, 0) + "é");
        assertThat(found).containsExactly(Long.MAX_VALUE + "/7/99999", "1/" + Integer.MAX_VALUE + "/0");
    }

    @Test
    void itIsFoundWhereverItIsCut() {
        String text = "{\"~C\":\"" + marker(1, 2, 3) + "\"}~" + marker(4, 5, 6) + "~C" + marker(7, 8, 9);
        Cuts.of(text, this::scan, where -> {
            assertThat(found).as(where).containsExactly("1/2/3", "4/5/6", "7/8/9");
            found.clear();
        });
    }

    @Test
    void itIsFoundByteByByte() {
        for (char one : ("~~C" + marker(1, 2, 3) + "~C0" + marker(4, 5, 6)).toCharArray()) {
            scan(String.valueOf(one));
        }
        assertThat(found).containsExactly("1/2/3", "4/5/6");
    }

    @Test
    void whatOnlyLooksLikeOneIsNone() {
        scan("~C" + "g".repeat(30) + "~" + "~C".repeat(40) + "~".repeat(40));
        assertThat(found).isEmpty();
    }
}
