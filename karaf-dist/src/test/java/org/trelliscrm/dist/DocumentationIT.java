// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the documentation shows is what happens: the blocks of a page are run one after the other, as a reader would copy them,
 * and the answers have what the page says.
 */
class DocumentationIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String ADDRESS = "http://localhost:8181";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\":");
    private static final Pattern VALUE =
            Pattern.compile("\"(?:code|status|state|kind|installed|field|message)\": (?:\"[^\"]*\"|\\d+|true|false)");

    private static Server server;

    /** A block of a page, with the line where it stands. */
    private record Block(int line, String language, String text) {}

    @BeforeAll
    static void start() {
        server = Server.install("documentation", Database.DERBY);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/rest.md", "docs/admin.md"})
    void whatThePageShowsIsWhatHappens(String page) throws IOException, InterruptedException {
        List<Block> blocks = blocks(Files.readString(ROOT.resolve(page)));

        String said = run(page, script(blocks));

        String answer = "";
        for (Block block : blocks) {
            if (isRun(block)) {
                answer = said.split(Pattern.quote(mark(block)), 2)[1].split("@@@", 2)[0];
            } else if (block.language().equals("json")) {
                assertAnswers(page, block, answer);
            }
        }
    }

    private static List<Block> blocks(String page) {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(page);
        while (found.find()) {
            int line = (int) page.substring(0, found.start()).lines().count() + 1;
            blocks.add(new Block(line, found.group(1), found.group(2)));
        }
        assertThat(blocks).anyMatch(DocumentationIT::isRun);
        return blocks;
    }

    private static boolean isRun(Block block) {
        return block.language().equals("sh") || block.language().equals("karaf");
    }

    private static String mark(Block block) {
        return "@@@ line " + block.line() + " @@@";
    }

    private static String script(List<Block> blocks) {
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        for (Block block : blocks) {
            if (isRun(block)) {
                script.append("printf '\\n%s\\n' '").append(mark(block)).append("'\n");
                script.append(block.language().equals("karaf") ? typed(block.text()) : block.text());
            }
        }
        return script.toString().replace(ADDRESS, "http://localhost:" + server.port());
    }

    /** The console goes on after a command that has failed, so what it said has to be looked at. */
    private static String typed(String commands) {
        return "said=$(./crm console <<'COMMANDS'\n" + commands + "COMMANDS\n)\n"
                + "printf '%s\\n' \"$said\"\n"
                + "if grep -E 'Error executing|not found' <<<\"$said\"; then exit 1; fi\n";
    }

    private static String run(String page, String script) throws IOException, InterruptedException {
        String name = page.replace('/', '-');
        Path file = Distribution.WORK.resolve(name + ".sh");
        Path said = Distribution.WORK.resolve(name + ".txt");
        Files.writeString(file, script);
        ProcessBuilder bash = new ProcessBuilder("bash", file.toString()).directory(ROOT.toFile());
        bash.environment().put("CRM_HOME", server.home().toString());
        int code = bash.redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        // The console's terminal may say anything, even what is no UTF-8.
        String words = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
        assertThat(code)
                .as("%s ended with:\n%s", page, words.substring(Math.max(0, words.length() - 3000)))
                .isZero();
        return words;
    }

    /** All names that the page shows are there, and the values that do not differ from day to day are the same. */
    private static void assertAnswers(String page, Block shown, String answer) {
        String plain = answer.replace("\": ", "\":");
        NAME.matcher(shown.text()).results().forEach(name -> assertThat(plain)
                .as("the answer at %s:%d", page, shown.line())
                .contains(name.group()));
        VALUE.matcher(shown.text()).results().forEach(value -> assertThat(plain)
                .as("the answer at %s:%d", page, shown.line())
                .contains(value.group().replace("\": ", "\":")));
    }
}
