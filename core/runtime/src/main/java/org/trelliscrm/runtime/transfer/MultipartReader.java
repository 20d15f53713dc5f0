// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trelliscrm.api.problem.Invalid;

/**
 * Reads {@code multipart/form-data} (RFC 7578) as it comes in, so that an upload is written to the disk once and never held
 * in memory. The parts are taken one after the other: {@link #next}, then {@link #copy}.
 */
final class MultipartReader {

    private static final int BUFFER = 1 << 16;
    private static final int MAX_HEADERS = 1 << 13;
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([a-zA-Z0-9*]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int end;
    private boolean started;

    /**
     * One part.
     *
     * @param name the name of the form's field
     * @param fileName what the file was called; empty if it is no file
     */
    record Part(String name, String fileName) {}

    MultipartReader(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter may stand at the very beginning, without a line end before it.
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
    }

    /** The next part; empty after the last. What has not been copied of the part before is passed over. */
    Optional<Part> next() throws IOException {
        if (!started) {
            copy(OutputStream.nullOutputStream(), Long.MAX_VALUE);
            started = true;
        }
        String rest = line();
        if (rest.startsWith("--")) {
            return Optional.empty();
        }
        Map<String, String> headers = headers();
        Map<String, String> disposition = parameters(headers.getOrDefault("content-disposition", ""));
        String name = disposition.get("name");
        if (name == null) {
            throw malformed();
        }
        return Optional.of(new Part(name, disposition.getOrDefault("filename", "")));
    }

    /**
     * Copies the content of the present part.
     *
     * @throws Invalid if it is longer than {@code max} bytes, or the upload ends before it does
     */
    void copy(OutputStream out, long max) throws IOException {
        long copied = 0;
        while (true) {
            int found = find();
            // What could be the beginning of the delimiter stays until more is known.
            int safe = found >= 0 ? found : Math.max(position, end - delimiter.length + 1);
            copied += safe - position;
            if (copied > max) {
                throw Invalid.withStatus(413, "upload.tooLarge", Map.of("max", max));
            }
            out.write(buffer, position, safe - position);
            position = safe;
            if (found >= 0) {
                position += delimiter.length;
                return;
            }
            fill();
        }
    }

    private int find() {
        for (int i = position; i <= end - delimiter.length; i++) {
            if (buffer[i] == '\r' && matches(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(int at) {
        for (int i = 1; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, end - position);
        end -= position;
        position = 0;
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw malformed();
        }
        end += read;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = 0;
        while (true) {
            if (position == end) {
                fill();
            }
            int b = buffer[position++];
            if (last == '\r' && b == '\n') {
                // Browsers write names of files in UTF-8 as they are.
                return line.toString(StandardCharsets.UTF_8).strip();
            }
            line.write(b);
            last = b;
            if (line.size() > MAX_HEADERS) {
                throw malformed();
            }
            if (line.size() == 2 && line.toString(StandardCharsets.ISO_8859_1).equals("--")) {
                // The end; some clients leave out the line end after it.
                return "--";
            }
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int size = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            size += line.length();
            if (colon < 0 || size > MAX_HEADERS) {
                throw malformed();
            }
            headers.put(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), line.substring(colon + 1));
        }
        return headers;
    }

    /** The parameters of a header, as in {@code form-data; name="file"}. */
    static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            String value = matcher.group(2) == null
                    ? matcher.group(3)
                    : matcher.group(2).replaceAll("\\\\(.)", "$1").replace("%22", "\"");
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    private static Invalid malformed() {
        return new Invalid("upload.malformed", Map.of());
    }
}
