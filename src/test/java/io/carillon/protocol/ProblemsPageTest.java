package io.carillon.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of problems and the code know the same ones. */
class ProblemsPageTest {

    @Test
    void thePageListsEachProblemWithItsStatusAndNoOther() throws Exception {
        List<String> listed = Files.readString(Path.of("docs/problems.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> cells[1].strip() + " " + cells[2].strip())
                .toList();
        List<String> known = Arrays.stream(ErrorCode.values())
                .map(code -> "`" + code.slug() + "` " + code.status())
                .toList();

        assertThat(listed).containsExactlyElementsOf(known);
    }
}
