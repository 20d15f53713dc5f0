// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.core.MediaType;
import org.trelliscrm.api.problem.Invalid;

/**
 * A form with one file, as it was sent.
 *
 * @param fields the fields of the form that are no files
 * @param fileName what the file was called
 */
record Upload(Map<String, String> fields, String fileName) {

    private static final String FILE = "file";
    private static final int MAX_FIELD = 1 << 20;

    /**
     * Reads the form and writes its file.
     *
     * @param known the fields that mean something
     * @param target where the file goes
     * @param max the longest file
     */
    static Upload read(InputStream in, String contentType, Set<String> known, Path target, long max)
            throws IOException {
        MultipartReader reader = new MultipartReader(in, boundary(contentType));
        Map<String, String> fields = new LinkedHashMap<>();
        String fileName = null;
        for (Optional<MultipartReader.Part> part = reader.next(); part.isPresent(); part = reader.next()) {
            String name = part.get().name();
            if (name.equals(FILE) && fileName == null) {
                fileName = part.get().fileName();
                try (OutputStream out = Files.newOutputStream(target)) {
                    reader.copy(out, max);
                }
            } else if (known.contains(name) && !fields.containsKey(name)) {
                ByteArrayOutputStream value = new ByteArrayOutputStream();
                reader.copy(value, MAX_FIELD);
                fields.put(name, value.toString(StandardCharsets.UTF_8));
            } else {
                throw new Invalid("upload.unknownField", Map.of("field", name));
            }
        }
        if (fileName == null) {
            throw new Invalid("upload.missingField", Map.of("field", FILE));
        }
        return new Upload(fields, fileName);
    }

    private static String boundary(String contentType) {
        if (!contentType.toLowerCase(Locale.ROOT).startsWith(MediaType.MULTIPART_FORM_DATA)) {
            throw Invalid.withStatus(
                    415, "body.wrongType", Map.of("given", contentType, "allowed", MediaType.MULTIPART_FORM_DATA));
        }
        String boundary = MultipartReader.parameters(contentType).getOrDefault("boundary", "");
        // RFC 2046, 5.1.1: at most 70 characters.
        if (boundary.isEmpty() || boundary.length() > 70) {
            throw new Invalid("upload.malformed", Map.of());
        }
        return boundary;
    }

    /** A field of the form; blank if it was not sent. */
    String field(String name) {
        return fields.getOrDefault(name, "").strip();
    }
}
