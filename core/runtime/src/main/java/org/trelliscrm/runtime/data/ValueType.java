// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;

/**
 * A kind of value: how it stands in JSON, in Java and in the database, and what is allowed. One instance per field, since
 * lengths and ranges belong to it. Java values are never {@code null} here; absence is the caller's business.
 *
 * @param <T> the Java class of its values
 */
public abstract class ValueType<T> {

    private final String name;

    protected ValueType(String name) {
        this.name = name;
    }

    /** The name in {@code GET /api/types}, for example {@code text}. */
    public final String name() {
        return name;
    }

    /**
     * Reads a JSON value.
     *
     * @param path where it stands, for the problem
     * @return the value, or {@code null} if there was none or a problem was told
     */
    public abstract @Nullable T fromJson(@Nullable Object json, String path, Invalid.Collector problems);

    /** The value as it stands in JSON. */
    public abstract Object toJson(T value);

    /** The value as JDBC takes it. */
    public abstract Object toDatabase(T value);

    /** The value that JDBC gave. */
    public abstract T fromDatabase(Object value);

    /** What JDBC gave, straight to JSON; a type may know a shorter way. */
    public Object databaseToJson(Object value) {
        return toJson(fromDatabase(value));
    }

    /** Whether the database can compare it, so that it can be sorted by and indexed. */
    public boolean comparable() {
        return true;
    }

    /** The type of the value that filters compare it with; another one for money only, which is compared by its amount. */
    public ValueType<?> comparedAs() {
        return this;
    }

    /** Tells every record that the value refers to. */
    public void references(T value, String path, ReferenceVisitor visitor) {}

    /** Tells the keys under which a list is found, as (path, key). */
    public void keys(T value, String path, BiConsumer<String, String> index) {}

    /** Takes one reference. */
    @FunctionalInterface
    public interface ReferenceVisitor {
        void visit(String path, String type, long id);
    }

    @SuppressWarnings("unchecked")
    static <T> ValueType<T> cast(ValueType<?> type) {
        return (ValueType<T>) type;
    }
}
