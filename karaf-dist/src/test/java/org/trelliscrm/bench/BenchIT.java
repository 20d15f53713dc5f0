// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench measures everything it promises, without a failed request; how fast is not asked here. */
class BenchIT {

    @Test
    void everyLineIsThereAndNothingHasFailed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("benchmarks.md");
        Options options = Options.parse(List.of(
                "--contacts", "300", "--starts", "1", "--warmup", "0.2", "--seconds", "0.1", "--out", file.toString()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int code = Bench.run(options, new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
        List<List<String>> table = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("|"))
                .map(line -> List.of(line.substring(2).split(" *\\| *", -1)))
                .toList();
        assertThat(table)
                .extracting(cells -> cells.get(0))
                .contains(
                        "date",
                        "commit",
                        "cores",
                        "memory",
                        "Java",
                        "database",
                        "load average before",
                        "how",
                        "archive",
                        "first start",
                        "later start",
                        "memory at rest",
                        "filling");
        assertThat(table.stream().filter(cells -> cells.size() == 11).skip(2))
                .hasSize(Operation.values().length * 4 + 2)
                .allSatisfy(BenchIT::expectLine)
                .extracting(cells -> String.join(" ", cells.subList(0, 3)))
                .containsAll(expectedLines());
    }

    private static List<String> expectedLines() {
        return Stream.concat(
                        Stream.of(Operation.values())
                                .flatMap(operation -> Stream.of("all 1", "all 8", "team 1", "team 8")
                                        .map(who -> operation.title + " " + who)),
                        Stream.of("import with dedupe all 1", "import with dedupe team 1"))
                .toList();
    }

    private static void expectLine(List<String> cells) {
        boolean isImport = cells.get(3).equals("rows");
        assertThat(cells.get(4)).matches("[\\d,]+(\\.\\d)?").isNotEqualTo("0.0");
        assertThat(cells.subList(5, 7)).allMatch(cell -> cell.matches(isImport ? "" : "\\d+\\.\\d\\d"));
        assertThat(cells.get(7)).as("errors").isEqualTo("0");
        assertThat(cells.get(8)).matches("[\\d,]+(\\.\\d)?").isNotEqualTo("0.0");
        assertThat(cells.get(9)).matches("\\d+ %");
    }
}
