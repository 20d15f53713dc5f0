// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.RecordType;

/** A record type as its annotations describe it. Made when its module comes, forgotten when it goes. */
public final class TypeInfo {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern COLLECTION = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** Where the row's own id and version stand; part of every record, written by nobody. */
    static final String ID = "id";

    private final String module;
    private final Class<? extends BaseRecord> javaClass;
    private final RecordType description;
    private final String table;
    private final Map<String, FieldInfo> fields;
    private final Constructor<?> constructor;
    private final Consumer<BaseRecord> formulas;

    /**
     * Reads the annotations.
     *
     * @throws IllegalStateException with the mistake, if the class is no proper record type
     */
    public TypeInfo(String module, Class<?> javaClass) {
        this.module = module;
        check(BaseRecord.class.isAssignableFrom(javaClass), javaClass, "must extend BaseRecord");
        check(javaClass.isAnnotationPresent(Entity.class), javaClass, "needs @Entity");
        this.javaClass = javaClass.asSubclass(BaseRecord.class);
        RecordType found = javaClass.getAnnotation(RecordType.class);
        check(found != null, javaClass, "needs @RecordType");
        description = Objects.requireNonNull(found);
        check(NAME.matcher(name()).matches(), javaClass, "has a bad name: " + name());
        check(COLLECTION.matcher(collection()).matches(), javaClass, "has a bad collection: " + collection());
        Table annotation = javaClass.getAnnotation(Table.class);
        String prefix = module.replace('-', '_') + "_";
        check(
                annotation != null && annotation.name().startsWith(prefix),
                javaClass,
                "needs @Table with a name that begins with " + prefix);
        table = Objects.requireNonNull(annotation).name();
        fields = Collections.unmodifiableMap(FieldInfo.of(javaClass));
        check(fields.containsKey(description.titleField()), javaClass, "has no field " + description.titleField());
        check(
                description.timeline().isEmpty() || fields.containsKey(description.timeline()),
                javaClass,
                "has no field " + description.timeline());
        constructor = FieldInfo.constructor(javaClass);
        formulas = record -> {};
    }

    private TypeInfo(TypeInfo builtIn, Map<String, FieldInfo> fields, Consumer<BaseRecord> formulas) {
        module = builtIn.module;
        javaClass = builtIn.javaClass;
        description = builtIn.description;
        table = builtIn.table;
        constructor = builtIn.constructor;
        this.fields = Collections.unmodifiableMap(fields);
        this.formulas = formulas;
    }

    /**
     * The same type with the fields that a tenant has added, between its own and those of every record. One whose name a
     * newer module has taken for a field of its own is shown with an {@code x} before it, so that both are there.
     */
    public TypeInfo with(Collection<CustomField> custom) {
        Set<String> everyRecords = FieldInfo.of(BaseRecord.class).keySet();
        Map<String, FieldInfo> all = new LinkedHashMap<>(fields);
        all.keySet().removeAll(everyRecords);
        for (CustomField field : custom) {
            String name = field.name();
            while (fields.containsKey(name) || all.containsKey(name)) {
                name = "x" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            }
            all.put(name, new FieldInfo(name, field));
        }
        everyRecords.forEach(name -> all.put(name, Objects.requireNonNull(fields.get(name))));
        return new TypeInfo(this, all, formulas);
    }

    /** The same type with fields that are computed when a record is saved. */
    public TypeInfo computedBy(Consumer<BaseRecord> computation) {
        return new TypeInfo(this, fields, computation);
    }

    /** Fills the fields that are computed from others. */
    public void compute(BaseRecord record) {
        formulas.accept(record);
    }

    private static void check(boolean holds, Class<?> javaClass, String rule) {
        if (!holds) {
            throw new IllegalStateException("record type " + javaClass.getName() + " " + rule);
        }
    }

    /** The singular name, for example {@code deal}. */
    public String name() {
        return description.name();
    }

    /** The name in addresses, for example {@code deals}. */
    public String collection() {
        return description.collection();
    }

    /** The id of the module that brings it. */
    public String module() {
        return module;
    }

    public String icon() {
        return description.icon();
    }

    /** Whether only hooks and actions write it. */
    public boolean generated() {
        return description.generated();
    }

    public Class<? extends BaseRecord> javaClass() {
        return javaClass;
    }

    public String table() {
        return table;
    }

    /** All fields by name, the module's own first, then those of every record. */
    public Collection<FieldInfo> fields() {
        return fields.values();
    }

    /** The field of this name, or {@code null}. */
    public @Nullable FieldInfo field(String name) {
        return fields.get(name);
    }

    /** The field that stands for the record where one line is shown. */
    public FieldInfo titleField() {
        return Objects.requireNonNull(fields.get(description.titleField()));
    }

    /** The field that places it on timelines, or {@code null} if it stands on none. */
    public @Nullable FieldInfo timelineField() {
        return fields.get(description.timeline());
    }

    /** A record with its default values, not yet created. */
    public BaseRecord newRecord() {
        return javaClass.cast(FieldInfo.create(constructor));
    }

    /** The record as JSON shows it, all fields but the internal ones; empty fields are there as {@code null}. */
    public Map<String, Object> json(BaseRecord record) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (FieldInfo field : fields.values()) {
            if (!field.internal()) {
                json.put(field.name(), field.json(record));
            }
        }
        return json;
    }
}
