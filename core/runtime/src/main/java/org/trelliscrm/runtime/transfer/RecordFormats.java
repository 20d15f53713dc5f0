// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.transfer.RecordFormat;

/** The formats that modules bring. CSV, which serves every type, is none of them and needs no service. */
@Component(service = RecordFormats.class)
public class RecordFormats {

    static final String CSV = "csv";

    private static final Set<String> CSV_EXTENSIONS = Set.of("csv", "tsv", "tab", "txt");
    private static final String VCARD_START = "BEGIN:VCARD";
    private static final String ZIP_START = "PK\u0003\u0004";
    private static final int SNIFFED = 64;

    private final List<RecordFormat> formats = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFormat(RecordFormat format) {
        formats.add(format);
    }

    void removeFormat(RecordFormat format) {
        formats.remove(format);
    }

    /**
     * The format that carries a type; empty for CSV.
     *
     * @throws Invalid if there is no such format for this type
     */
    Optional<RecordFormat> named(String name, String type) {
        if (name.equals(CSV)) {
            return Optional.empty();
        }
        return Optional.of(formats.stream()
                .filter(format -> format.name().equals(name) && format.types().contains(type))
                .findFirst()
                .orElseThrow(() -> unknown(name, type)));
    }

    /**
     * Finds out the format of a file: by what it begins with, else by its ending; CSV if neither says anything.
     *
     * @return the name of the format
     * @throws Invalid if it is of a format that this type is not read from
     */
    String detect(Path file, String fileName, String type) throws IOException {
        String start = start(file);
        if (start.startsWith(ZIP_START)) {
            throw unknown("xlsx", type);
        }
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String ending = start.regionMatches(true, 0, VCARD_START, 0, VCARD_START.length()) ? "vcf" : extension;
        if (CSV_EXTENSIONS.contains(ending)) {
            return CSV;
        }
        return formats.stream()
                .filter(format -> format.extensions().contains(ending))
                .findFirst()
                .map(format -> named(format.name(), type).orElseThrow().name())
                .orElse(CSV);
    }

    // Signatures are ASCII; without the zero bytes of UTF-16 and the byte order mark they look the same in every
    // charset.
    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(SNIFFED), StandardCharsets.ISO_8859_1)
                    .replaceAll("[\u0000\u00ef\u00bb\u00bf\u00fe\u00ff]", "")
                    .stripLeading();
        }
    }

    private static Invalid unknown(String format, String type) {
        return Invalid.withStatus(415, "transfer.unknownFormat", Map.of("format", format, "type", type));
    }
}
