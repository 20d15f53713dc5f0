// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.trelliscrm.runtime.rest.Problems;
import org.trelliscrm.runtime.texts.Texts;

/** Says in the caller's language why a row was refused. */
record Reasons(String type, Locale language, Texts texts, Problems problems) {

    /** The reason that a format gives. */
    String of(String code) {
        return texts.text("problem." + code, language);
    }

    /** The reason that the record engine gives: what is wrong with each field, if single fields are to blame. */
    String of(RuntimeException exception) {
        Map<String, Object> problem = problems.describe(exception, language);
        return problem.get("errors") instanceof List<?> errors
                ? errors.stream().map(error -> field((Map<?, ?>) error)).collect(Collectors.joining("; "))
                : problem.get("title").toString();
    }

    private String field(Map<?, ?> error) {
        String path = error.get("field").toString();
        // The place in a list means nothing to somebody who looks at the columns of a file.
        String field = path.replaceAll("\\[[0-9]+]", "");
        return texts.find("field." + type + "." + field, language).orElse(path) + ": " + error.get("message");
    }
}
