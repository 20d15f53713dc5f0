// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;

/** Several values of one type, kept as JSON in one column and found through the index of list values. */
final class ListType extends ValueType<List<Object>> {

    /** More would not fit a page, nor a person's head. */
    private static final int MAX_SIZE = 1000;

    private final ValueType<Object> element;
    private final boolean item;
    private final boolean indexed;

    ListType(ValueType<?> element, boolean indexed) {
        super("list");
        this.element = cast(element);
        this.item = element instanceof ItemType;
        this.indexed = indexed;
    }

    ValueType<?> element() {
        return element;
    }

    @Override
    public @Nullable List<Object> fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
        List<Object> values = new ArrayList<>();
        if (json == null) {
            return values;
        }
        if (!(json instanceof List<?> list)) {
            problems.add(path, "field.notAList");
            return null;
        }
        if (list.size() > MAX_SIZE) {
            problems.add(path, "field.tooMany", Map.of("max", MAX_SIZE, "count", list.size()));
            return null;
        }
        for (int i = 0; i < list.size(); i++) {
            Object value = element.fromJson(list.get(i), path + "[" + i + "]", problems);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    @Override
    public Object toJson(List<Object> value) {
        return value.stream().filter(Objects::nonNull).map(element::toJson).toList();
    }

    @Override
    public Object toDatabase(List<Object> value) {
        return Json.write(toJson(value));
    }

    @Override
    public List<Object> fromDatabase(Object value) {
        Invalid.Collector problems = new Invalid.Collector();
        List<Object> list = fromJson(Json.read((String) value), "", problems);
        problems.throwIfAny();
        return Objects.requireNonNull(list);
    }

    /** What is stored is already what JSON shows. */
    @Override
    public Object databaseToJson(Object value) {
        return Objects.requireNonNull(Json.read((String) value));
    }

    @Override
    public boolean comparable() {
        return false;
    }

    @Override
    public void references(List<Object> value, String path, ReferenceVisitor visitor) {
        for (int i = 0; i < value.size(); i++) {
            element.references(value.get(i), path + "[" + i + "]", visitor);
        }
    }

    @Override
    public void keys(List<Object> value, String path, BiConsumer<String, String> index) {
        for (Object one : value) {
            if (item) {
                element.keys(one, path, index);
            } else if (indexed) {
                index.accept(path, ListKeys.key(element.toJson(one)));
            }
        }
    }
}
