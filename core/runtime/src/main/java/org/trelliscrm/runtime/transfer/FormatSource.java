// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.trelliscrm.api.transfer.RecordFormat;

/** The rows of a file whose format a module understands. */
record FormatSource(RecordFormat format, Path file, UnaryOperator<InputStream> meter) implements RowSource {

    @Override
    public List<String> columns() {
        return List.of(format.name());
    }

    @Override
    public Map<String, Object> findings() {
        return Map.of();
    }

    @Override
    public void read(Sink sink) throws IOException {
        try (InputStream in = meter.apply(Files.newInputStream(file))) {
            format.read(in, row -> sink.accept(row, List.of(row.raw())));
        }
    }
}
