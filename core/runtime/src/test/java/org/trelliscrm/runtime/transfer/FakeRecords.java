// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.Page;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.api.record.Records;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.feed.ChangeSets;

/** People in memory, under the rules of their fields; finds by the values in a list of e-mail addresses. */
final class FakeRecords implements Records {

    final Map<Long, Map<String, Object>> people = new LinkedHashMap<>();
    final List<@Nullable Long> changeSets = new ArrayList<>();
    Runnable beforeWrite = () -> {};
    Runnable beforeQuestion = () -> {};
    int questions;

    @Override
    public boolean has(String type) {
        return type.equals("person");
    }

    @Override
    public Map<String, Object> get(Caller caller, String type, long id) {
        Map<String, Object> person = people.get(id);
        if (person == null) {
            throw NotFound.record(type, Ids.toText(id));
        }
        return new LinkedHashMap<>(person);
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        questions++;
        beforeQuestion.run();
        Filter.Compare filter = (Filter.Compare) query.filter();
        if (!filter.path().equals("emails.address")) {
            throw new Invalid("filter.notIndexed", Map.of("field", filter.path()));
        }
        List<String> wanted = filter.values().stream()
                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                .toList();
        Predicate<Map<String, Object>> fits =
                person -> addresses(person).stream().anyMatch(wanted::contains);
        return new Page(people.values().stream().filter(fits).toList(), null, null);
    }

    private static List<String> addresses(Map<String, Object> person) {
        return ((List<?>) person.getOrDefault("emails", List.of()))
                .stream()
                        .map(email -> String.valueOf(((Map<?, ?>) email).get("address"))
                                .toLowerCase(Locale.ROOT))
                        .toList();
    }

    @Override
    public Map<String, Object> create(Caller caller, String type, Map<String, Object> values) {
        beforeWrite.run();
        check(values);
        if (!values.containsKey("name")) {
            throw Invalid.field("name", "field.required", Map.of());
        }
        long id = people.size() + 1;
        return write(id, 1, values);
    }

    @Override
    public Map<String, Object> update(
            Caller caller, String type, long id, Map<String, Object> patch, @Nullable Integer version) {
        beforeWrite.run();
        check(patch);
        Map<String, Object> before = get(caller, type, id);
        if (!before.get("version").equals(version)) {
            throw Conflict.stale(type, Ids.toText(id));
        }
        Map<String, Object> all = new LinkedHashMap<>(before);
        all.putAll(patch);
        return write(id, version + 1, all);
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

    @Override
    public void trash(Caller caller, String type, long id, @Nullable Integer version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> restore(Caller caller, String type, long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ActionResult act(
            Caller caller, String type, long id, String action, Map<String, Object> input, @Nullable Integer version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> R inTransaction(Caller caller, Class<? extends BaseRecord> type, Function<RecordTransaction, R> work) {
        throw new UnsupportedOperationException();
    }
}
