// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file that a job offers for download. */
record JobFile(String name, String mediaType) {

    // Neither a path nor a hidden file, whatever the job or the address says.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    JobFile {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain file name: " + name);
        }
    }

    Map<String, Object> json() {
        return Map.of("name", name, "mediaType", mediaType);
    }

    static List<JobFile> list(@Nullable Object json) {
        return json instanceof List<?> list
                ? list.stream().map(file -> of((Map<?, ?>) file)).toList()
                : List.of();
    }

    private static JobFile of(Map<?, ?> json) {
        return new JobFile((String) json.get("name"), (String) json.get("mediaType"));
    }
}
