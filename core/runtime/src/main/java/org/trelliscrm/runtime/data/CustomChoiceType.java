// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.CustomField.Choice;

/** One of the values that a custom field offers. */
final class CustomChoiceType extends ValueType<String> {

    private final List<String> choices;

    CustomChoiceType(CustomField field) {
        super("choice");
        choices = field.choices().stream().map(Choice::value).toList();
    }

    /** All values, those too that cannot be chosen any more but may still be there. */
    List<String> choices() {
        return choices;
    }

    @Override
    public @Nullable String fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
        if (json == null || "".equals(json)) {
            return null;
        }
        if (json instanceof String text && choices.contains(text)) {
            return text;
        }
        problems.add(path, "field.notAChoice", Map.of("value", json, "choices", String.join(", ", choices)));
        return null;
    }

    @Override
    public Object toJson(String value) {
        return value;
    }

    @Override
    public Object toDatabase(String value) {
        return value;
    }

    @Override
    public String fromDatabase(Object value) {
        return (String) value;
    }
}
