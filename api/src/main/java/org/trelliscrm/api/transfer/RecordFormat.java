// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A file format that records are read from and written to. Registered as an OSGi service by the module whose records
 * it carries (vCard by contacts); called by import and export. CSV is in the runtime and serves every type.
 */
@ConsumerType
public interface RecordFormat {

    /** The name in {@code ?format=}, for example {@code vcard}. */
    String name();

    /** For example {@code text/vcard}. */
    String mediaType();

    /** The endings of such files, without dot, lower case; the first is used for exported files. */
    Set<String> extensions();

    /** The record types that it carries. */
    Set<String> types();

    /**
     * Reads a file row by row. One that cannot be understood goes to the sink as a {@link Row#rejected rejected} row
     * with the reason, and reading goes on: nothing is lost silently.
     *
     * @throws org.trelliscrm.api.problem.Invalid if the file as a whole is not of this format
     */
    void read(InputStream in, Sink sink) throws IOException;

    /** Writes records, JSON-shaped as {@code GET} shows them, in the order given; pulls one at a time. */
    void write(Iterator<Map<String, Object>> records, OutputStream out) throws IOException;

    /** Takes the rows that are read. */
    @FunctionalInterface
    interface Sink {
        void accept(Row row) throws IOException;
    }
}
