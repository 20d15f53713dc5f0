// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads OSGi headers such as {@code a;version="[1,2)";b:=c, d} (OSGi Core 3.2.4). */
final class Headers {

    private static final Pattern PART = Pattern.compile("\\s*((?:[^\",;]|\"[^\"]*\")+)\\s*([,;]|$)");

    private Headers() {}

    /** One clause: its path, and its attributes and directives. */
    record Clause(String path, Map<String, String> attributes) {}

    static List<Clause> parse(String header) {
        List<Clause> clauses = new ArrayList<>();
        Matcher part = PART.matcher(header);
        boolean starts = true;
        while (part.find()) {
            String text = part.group(1).strip();
            if (starts) {
                clauses.add(new Clause(text, new LinkedHashMap<>()));
            } else {
                int equals = text.indexOf('=');
                String name = text.substring(0, equals).replaceAll("[:\\s].*", "")
                        + (text.charAt(equals - 1) == ':' ? ":" : "");
                clauses.get(clauses.size() - 1)
                        .attributes()
                        .put(name, text.substring(equals + 1).strip().replace("\"", ""));
            }
            starts = part.group(2).equals(",");
        }
        return clauses;
    }
}
