// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.feed.ChangeSets;
import org.trelliscrm.runtime.records.BulkRecords;

/** People in memory, under the rules of their fields; finds by the values in a list of e-mail addresses. */
final class FakeRecords implements BulkRecords {

    final Map<Long, Map<String, Object>> people = new LinkedHashMap<>();
    final List<@Nullable Long> changeSets = new ArrayList<>();
    Runnable beforeWrite = () -> {};
    Runnable beforeQuestion = () -> {};
    int questions;

    @Override
    public List<Map<String, Object>> find(Caller caller, String type, String path, Collection<Object> values) {
        questions++;
        beforeQuestion.run();
        if (!path.equals("emails.address")) {
            throw new Invalid("filter.notIndexed", Map.of("field", path));
        }
        List<String> wanted = values.stream()
                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                .toList();
        return people.values().stream()
                .filter(person -> addresses(person).stream().anyMatch(wanted::contains))
                .toList();
    }

    @Override
    public <R> R inBatch(Caller caller, String type, Function<Batch, R> work) {
        Map<Long, Map<String, Object>> before = new LinkedHashMap<>(people);
        List<@Nullable Long> setsBefore = new ArrayList<>(changeSets);
        try {
            return work.apply(new PeopleBatch());
        } catch (RuntimeException e) {
            people.clear();
            people.putAll(before);
            changeSets.clear();
            changeSets.addAll(setsBefore);
            throw e;
        }
    }

    /** Writes at once; the copy of before is enough to undo it. */
    private final class PeopleBatch implements Batch {

        @Override
        public void expect(Collection<Long> ids) {
            assertThat(people.keySet()).containsAll(ids);
        }

        @Override
        public Map<String, Object> get(long id) {
            return new LinkedHashMap<>(Objects.requireNonNull(people.get(id)));
        }

        @Override
        public Map<String, Object> create(Map<String, Object> values) {
            beforeWrite.run();
            check(values);
            if (!values.containsKey("name")) {
                throw Invalid.field("name", "field.required", Map.of());
            }
            return write(people.size() + 1, 1, values);
        }

        @Override
        public Map<String, Object> update(long id, Map<String, Object> patch) {
            beforeWrite.run();
            check(patch);
            Map<String, Object> all = get(id);
            all.putAll(patch);
            return write(id, (Integer) all.get("version") + 1, all);
        }
    }

    private static List<String> addresses(Map<String, Object> person) {
        return ((List<?>) person.getOrDefault("emails", List.of()))
                .stream()
                        .map(email -> String.valueOf(((Map<?, ?>) email).get("address"))
                                .toLowerCase(Locale.ROOT))
                        .toList();
    }

    private Map<String, Object> write(long id, int version, Map<String, Object> values) {
        Map<String, Object> person = new LinkedHashMap<>(values);
        person.put("id", Ids.toText(id));
        person.put("version", version);
        people.put(id, person);
        changeSets.add(ChangeSets.current());
        return person;
    }

    private static void check(Map<String, Object> values) {
        Invalid.Collector problems = new Invalid.Collector();
        values.forEach((name, value) -> {
            FieldInfo field = Person.TYPE.field(name);
            if (field == null) {
                problems.add(name, "field.unknown");
            } else {
                field.type().fromJson(value, name, problems);
            }
        });
        problems.throwIfAny();
    }
}
