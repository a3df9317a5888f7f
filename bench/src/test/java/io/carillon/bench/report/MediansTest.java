package io.carillon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.bench.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediansTest {
    @TempDir
    Path place;

    private String faults(String... rounds) throws IOException {
        List<String> lines = Stream.of(rounds)
                .map(round -> "{\"peer\":\"nchan\",\"workload\":\"a\",\"variant\":\"WS\",\"parameters\":\"\"," + round + "}")
                .toList();
        Path file = Files.write(place.resolve("results.jsonl"), lines);
        return Medians.of(new Results(file), "nchan", "a", "WS", "").faults();
    }

    @Test
    void faultsOfAllRoundsAreAdded() throws IOException {
        assertThat(faults("\"lost\":0,\"duplicated\":0", "\"lost\":0")).isEqualTo("none");
        assertThat(faults("\"lost\":3,\"duplicated\":1", "\"lost\":4,\"foreign\":2")).isEqualTo("7 / 1 / 0 / 2");
    }

    @Test
    void gapsAreSaidAndAreNoFault() throws IOException {
        String gaps = "\"gaps\":2,\"gapped\":70";
        assertThat(faults("\"lost\":0," + gaps, "\"lost\":0," + gaps)).isEqualTo("none; 140 in 4 gaps");
        assertThat(faults("\"lost\":1," + gaps)).isEqualTo("1 / 0 / 0 / 0; 70 in 2 gaps");
    }
}
