// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.persistence.Column;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Money;
import org.trelliscrm.api.record.RecordRef;

/** One field of a record type or of an item: what the annotation says, and how its value is reached. */
public final class FieldInfo {

    private final String name;
    private final Rules rules;
    private final Value value;
    private final ValueType<?> kind;
    private final ValueType<Object> type;
    private final List<String> columns;
    private final @Nullable CustomField custom;

    private FieldInfo(java.lang.reflect.Field attribute, Field rules) {
        this.name = attribute.getName();
        this.rules = new Rules(
                rules.required(),
                rules.readOnly(),
                rules.internal(),
                rules.unique(),
                rules.searchable(),
                rules.indexed(),
                rules.format());
        this.value = new AttributeValue(attribute);
        this.kind = typeOf(attribute, rules);
        this.type = ValueType.cast(kind);
        String column = columnName(attribute);
        columns = kind instanceof MoneyType ? List.of(column + "_amount", column + "_currency") : List.of(column);
        custom = null;
    }

    /**
     * A custom field as the engine sees it.
     *
     * @param name the name under which it is shown: its own, unless a module has brought a field of that name since
     */
    FieldInfo(String name, CustomField custom) {
        this.name = name;
        this.rules = new Rules(
                custom.required() && !custom.deleted(),
                custom.isFormula(),
                // So it is kept and indexed with the rest of the record while nobody sees it.
                custom.deleted(),
                false,
                custom.searchable() && !custom.deleted(),
                custom.kind() == CustomField.Kind.MULTICHOICE,
                custom.kind().format());
        this.kind = custom.type();
        this.type = ValueType.cast(kind);
        this.columns = custom.slots();
        this.value = new SlotValue(custom, type);
        this.custom = custom;
    }

    /** What is to be known about the values, whoever says it: the annotation or a custom field. */
    private record Rules(
            boolean required,
            boolean readOnly,
            boolean internal,
            boolean unique,
            boolean searchable,
            boolean indexed,
            Field.Format format) {}

    /** How the Java value is reached. */
    interface Value {
        @Nullable
        Object get(Object owner);

        void set(Object owner, @Nullable Object value);
    }

    /** The fields that a class declares, those of its superclasses last. */
    static Map<String, FieldInfo> of(Class<?> owner) {
        Map<String, FieldInfo> fields = new LinkedHashMap<>();
        for (Class<?> c = owner; c != null && c != Object.class; c = c.getSuperclass()) {
            for (java.lang.reflect.Field attribute : c.getDeclaredFields()) {
                Field rules = attribute.getAnnotation(Field.class);
                if (rules != null && !Modifier.isStatic(attribute.getModifiers())) {
                    fields.putIfAbsent(attribute.getName(), new FieldInfo(attribute, rules));
                }
            }
        }
        return fields;
    }

    /** The column of an attribute: what {@code @Column} says, else its name in snake case. */
    static String columnName(java.lang.reflect.Field attribute) {
        Column column = attribute.getAnnotation(Column.class);
        return column != null && !column.name().isEmpty() ? column.name() : snakeCase(attribute.getName());
    }

    static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static ValueType<?> typeOf(java.lang.reflect.Field attribute, Field rules) {
        if (attribute.getType() == List.class) {
            Type argument = ((ParameterizedType) attribute.getGenericType()).getActualTypeArguments()[0];
            return new ListType(scalarOrItem((Class<?>) argument, rules), rules.indexed());
        }
        ValueType<?> scalar = scalar(attribute.getType(), rules);
        if (scalar == null) {
            throw new IllegalStateException("the field " + attribute + " has a type that is no field type");
        }
        return scalar;
    }

    private static ValueType<?> scalarOrItem(Class<?> javaClass, Field rules) {
        ValueType<?> scalar = scalar(javaClass, rules);
        return scalar != null ? scalar : new ItemType(javaClass);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable ValueType<?> scalar(Class<?> javaClass, Field rules) {
        if (javaClass == String.class) {
            return new TextType(rules.maxLength(), rules.format());
        } else if (javaClass == Long.class && !rules.references().isEmpty()) {
            return new ScalarTypes.ReferenceType(rules.references());
        } else if (javaClass == Boolean.class || javaClass == boolean.class) {
            return new ScalarTypes.BooleanType();
        } else if (javaClass == Integer.class || javaClass == int.class) {
            return new ScalarTypes.IntegerType<>(Integer.class, rules.min(), rules.max());
        } else if (javaClass == Long.class || javaClass == long.class) {
            return new ScalarTypes.IntegerType<>(Long.class, rules.min(), rules.max());
        } else if (javaClass == BigDecimal.class) {
            return new ScalarTypes.DecimalType(rules.min(), rules.max());
        } else if (javaClass == Instant.class) {
            return new ScalarTypes.InstantType();
        } else if (javaClass == LocalDate.class) {
            return new ScalarTypes.DateType();
        } else if (javaClass == LocalTime.class) {
            return new ScalarTypes.TimeType();
        } else if (javaClass == Money.class) {
            return new MoneyType(rules.min(), rules.max());
        } else if (javaClass == RecordRef.class) {
            return new ScalarTypes.RecordRefType();
        } else if (javaClass.isEnum()) {
            return new ScalarTypes.ChoiceType(javaClass);
        }
        return null;
    }

    /** The name in Java, JSON, filters and texts. */
    public String name() {
        return name;
    }

    /** The name in rules of roles: it stays the same even if a custom field must be shown under another one. */
    public String ruleName() {
        return custom == null ? name : custom.name();
    }

    /** The definition, if it is a custom field. */
    public @Nullable CustomField custom() {
        return custom;
    }

    /** The path under which the index of list values has it. */
    public String indexPath(String path) {
        return custom == null ? path : column();
    }

    public ValueType<Object> type() {
        return type;
    }

    /** The column, or the two columns of money, the comparable one first. */
    public List<String> columns() {
        return columns;
    }

    /** The column that is compared and sorted by. */
    public String column() {
        return columns.get(0);
    }

    public boolean required() {
        return rules.required();
    }

    public boolean readOnly() {
        return rules.readOnly();
    }

    public boolean internal() {
        return rules.internal();
    }

    public boolean unique() {
        return rules.unique();
    }

    public boolean searchable() {
        return rules.searchable();
    }

    /** Whether the list, or this attribute of an item, stands in the index of list values. */
    public boolean indexed() {
        return rules.indexed();
    }

    public boolean isList() {
        return kind instanceof ListType;
    }

    /** The fields of the items, if it is a list of items; else none. */
    public Map<String, FieldInfo> itemFields() {
        return elementKind() instanceof ItemType item ? item.fields() : Map.of();
    }

    /** The type of the values: of a list, that of its elements. */
    public ValueType<Object> elementType() {
        return ValueType.cast(elementKind());
    }

    private ValueType<?> elementKind() {
        return kind instanceof ListType list ? list.element() : kind;
    }

    /** The record type that a plain reference, or each of a list of them, points to. */
    public @Nullable String referenceTarget() {
        return elementKind() instanceof ScalarTypes.ReferenceType reference ? reference.target() : null;
    }

    /** The choices, as JSON shows them; empty if it is no choice. */
    public List<String> choices() {
        return elementKind() instanceof CustomChoiceType custom
                ? custom.choices()
                : elementKind() instanceof ScalarTypes.ChoiceType<?> choice ? choice.choices() : List.of();
    }

    /** Whether it is text, so that parts of it can be looked for. */
    public boolean isText() {
        return elementKind() instanceof TextType;
    }

    /** What kind of text it is; {@code PLAIN} for everything else. */
    public Field.Format format() {
        return rules.format();
    }

    /** The longest text, or 0 if it is no text. */
    public int maxLength() {
        return elementKind() instanceof TextType text ? text.maxLength() : 0;
    }

    /** The Java value; {@code null} if there is none. */
    public @Nullable Object get(Object owner) {
        return value.get(owner);
    }

    /** Sets the Java value; emptying a primitive attribute sets it to false or 0. */
    public void set(Object owner, @Nullable Object newValue) {
        value.set(owner, newValue);
    }

    /** Refuses what was allowed once and may stay but not come anew. */
    public void checkChange(@Nullable Object before, Object after, Invalid.Collector problems) {
        if (custom == null || !custom.kind().isChoice()) {
            return;
        }
        List<?> old = before instanceof List<?> list ? list : before == null ? List.of() : List.of(before);
        List<?> now = after instanceof List<?> list ? list : List.of(after);
        for (CustomField.Choice choice : custom.choices()) {
            if (choice.retired() && now.contains(choice.value()) && !old.contains(choice.value())) {
                problems.add(name, "field.retiredChoice", Map.of("value", choice.value()));
            }
        }
    }

    /** The value as JSON shows it. */
    public @Nullable Object json(Object owner) {
        Object value = get(owner);
        return value == null ? null : type.toJson(value);
    }

    /** Reads the value from a row, straight into what JSON shows. */
    public @Nullable Object readJson(ResultSet row, int index) throws SQLException {
        if (kind instanceof MoneyType money) {
            BigDecimal amount = row.getBigDecimal(index);
            return amount == null ? null : money.json(amount, row.getString(index + 1));
        }
        Object value = isList() || kind instanceof TextType ? row.getString(index) : row.getObject(index);
        if (value == null) {
            return isList() ? List.of() : null;
        }
        return type.databaseToJson(value);
    }

    /** Tells the keys of this field's value in the index of list values. */
    public void keys(Object owner, BiConsumer<String, String> index) {
        Object value = get(owner);
        if (value != null && isList()) {
            type.keys(value, indexPath(name), index);
        }
    }

    /** Tells what this field's value refers to. */
    public void references(Object owner, ValueType.ReferenceVisitor visitor) {
        Object value = get(owner);
        if (value != null) {
            type.references(value, name(), visitor);
        }
    }

    static Constructor<?> constructor(Class<?> javaClass) {
        try {
            Constructor<?> constructor = javaClass.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(javaClass.getName() + " needs a constructor without parameters", e);
        }
    }

    static Object create(Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Every value of a list or item, copied, so that later changes to it are not seen. */
    public @Nullable Object copy(@Nullable Object value) {
        if (value == null || !isList()) {
            return value;
        }
        return type.fromDatabase(type.toDatabase(value));
    }

    @Override
    public String toString() {
        return name;
    }
}
