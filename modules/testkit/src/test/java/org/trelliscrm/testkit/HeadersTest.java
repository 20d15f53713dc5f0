// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {

    @Test
    void quotedCommasAndSemicolonsPartNothing() {
        assertThat(Headers.parse("a.b;version=\"[1.0,2)\", c;name:List<String>=\"x;y\";effective:=active,d"))
                .containsExactly(
                        new Headers.Clause("a.b", Map.of("version", "[1.0,2)")),
                        new Headers.Clause("c", Map.of("name", "x;y", "effective:", "active")),
                        new Headers.Clause("d", Map.of()));
    }

    @Test
    void nothingIsNothing() {
        assertThat(Headers.parse("")).isEmpty();
    }
}
