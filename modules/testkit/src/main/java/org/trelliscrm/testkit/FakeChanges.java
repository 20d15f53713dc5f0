// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.Changes;

/** What one save in a {@link FakeTransaction} changes. */
record FakeChanges(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after, boolean isNew)
        implements Changes {

    @Override
    public boolean has(String field) {
        return fields().contains(field);
    }

    @Override
    public @Nullable Object before(String field) {
        return before.get(field);
    }

    @Override
    public Set<String> fields() {
        Set<String> changed = new LinkedHashSet<>();
        after.forEach((field, value) -> {
            if (!Objects.equals(orNull(value), orNull(before.get(field)))) {
                changed.add(field);
            }
        });
        return changed;
    }

    // An empty list is no value.
    private static @Nullable Object orNull(@Nullable Object value) {
        return List.of().equals(value) ? null : value;
    }
}
