// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.trelliscrm.api.transfer.Row;

/** The rows of one uploaded file, whatever its format. Read once. */
interface RowSource {

    /** The columns under which rejected rows are handed back. */
    List<String> columns();

    /** What was found out about the file, for the outcome. */
    Map<String, Object> findings();

    /** Reads all rows, in the order of the file. */
    void read(Sink sink) throws IOException;

    /** Takes the rows. */
    @FunctionalInterface
    interface Sink {

        /** @param cells the row as it stood in the file, one for each of {@link #columns}, or more */
        void accept(Row row, List<String> cells) throws IOException;
    }
}
