// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.util.List;
import java.util.stream.Stream;

/** What is measured, one line of the table each. */
enum Operation {
    FIRST_PAGE("first page"),
    FIRST_PAGE_BY_NAME("first page by name"),
    FAR_PAGE("far page by cursor"),
    NAME_CONTAINS("part of a name"),
    NAME_STARTS("beginning of a name"),
    EMAIL("e-mail"),
    READ("read"),
    CREATE("create"),
    UPDATE_IF_MATCH("update with If-Match"),
    UPDATE("update");

    /** The one operation that is not requests but a file. */
    static final String IMPORT = "import with dedupe";

    final String title;

    Operation(String title) {
        this.title = title;
    }

    /** Everything that is measured, by its name. */
    static List<String> titles() {
        return Stream.concat(Stream.of(values()).map(operation -> operation.title), Stream.of(IMPORT))
                .toList();
    }
}
