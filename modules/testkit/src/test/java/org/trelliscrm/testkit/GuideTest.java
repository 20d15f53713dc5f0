// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/partner.md shows is what stands in the sources: a block that names a file is a part of that file. */
class GuideTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern BLOCK = Pattern.compile("```\\w+ (\\S+)\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyQuotedPieceOfCodeStandsInItsFile() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/partner.md"));

        assertThat(BLOCK.matcher(guide).results()).hasSizeGreaterThan(5).allSatisfy(GuideTest::standsInItsFile);
    }

    private static void standsInItsFile(MatchResult block) throws IOException {
        String source = squeezed(Files.readString(ROOT.resolve(block.group(1))));
        for (String piece : block.group(2).split("\\s*…\\s*")) {
            assertThat(source).as(block.group(1)).contains(squeezed(piece));
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
