// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordTransaction;

/** A database of contacts in a list, which saves through the hook as the engine does. */
final class FakeTransaction implements RecordTransaction {

    private final ContactHook hook;
    private final Instant now = Instant.parse("2026-11-24T09:00:00Z");
    final List<Contact> contacts = new ArrayList<>();
    private long lastId = 1000;

    FakeTransaction(String defaultRegion) {
        hook = new ContactHook(defaultRegion);
    }

    @Override
    public Caller caller() {
        return Caller.system(1);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public <T extends BaseRecord> Optional<T> find(Class<T> type, long id) {
        return contacts.stream()
                .filter(contact -> Objects.equals(contact.id(), id))
                .map(type::cast)
                .findFirst();
    }

    @Override
    public <T extends BaseRecord> Optional<T> lock(Class<T> type, long id) {
        return find(type, id);
    }

    @Override
    public <T extends BaseRecord> List<T> list(Class<T> type, Filter filter, int limit) {
        return contacts.stream()
                .filter(contact -> fits(contact, filter))
                .limit(limit)
                .map(type::cast)
                .toList();
    }

    private static boolean fits(Contact contact, Filter filter) {
        if (filter instanceof Filter.And and) {
            return and.parts().stream().allMatch(part -> fits(contact, part));
        }
        Filter.Compare compare = (Filter.Compare) filter;
        Object value = compare.values().get(0);
        Object wanted = value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value;
        return wanted.equals(FieldValues.get(contact, compare.path()));
    }

    @Override
    public long count(Class<? extends BaseRecord> type, Filter filter) {
        return list(type, filter, Integer.MAX_VALUE).size();
    }

    @Override
    public <T extends BaseRecord> T create(T record) {
        FieldValues.set(record, Map.of("id", ++lastId));
        hook.beforeSave((Contact) record, new Before((Contact) record, null), this);
        contacts.add((Contact) record);
        return record;
    }

    @Override
    public <T extends BaseRecord> T update(T record) {
        throw new UnsupportedOperationException();
    }

    /** Saves what a caller sends for a contact that exists. */
    void patch(Contact contact, Object... namesAndValues) {
        Before before = new Before(contact, FieldValues.map());
        FieldValues.set(contact, FieldValues.map(namesAndValues));
        hook.beforeSave(contact, before, this);
    }

    @Override
    public void trash(BaseRecord record) {
        contacts.remove((Contact) record);
    }

    /** The values before the change. */
    private static final class Before implements Changes {

        private static final Set<String> FIELDS = java.util.Arrays.stream(Contact.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(org.trelliscrm.api.record.Field.class))
                .map(java.lang.reflect.Field::getName)
                .collect(Collectors.toSet());

        private final Contact contact;
        private final Map<String, Object> values;
        private final boolean isNew;

        Before(Contact contact, Map<String, Object> values) {
            this.contact = contact;
            this.isNew = values == null;
            this.values = FieldValues.map();
            if (!isNew) {
                FIELDS.forEach(field -> this.values.put(field, FieldValues.get(contact, field)));
            }
        }

        @Override
        public boolean isNew() {
            return isNew;
        }

        @Override
        public boolean has(String field) {
            return !Objects.equals(empty(values.get(field)), empty(FieldValues.get(contact, field)));
        }

        private static Object empty(Object value) {
            return value instanceof List<?> list && list.isEmpty() ? null : value;
        }

        @Override
        public Object before(String field) {
            return values.get(field);
        }

        @Override
        public Set<String> fields() {
            return FIELDS.stream().filter(this::has).collect(Collectors.toSet());
        }
    }
}
