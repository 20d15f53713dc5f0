// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.lang.reflect.Field;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;

/** Writes what only the runtime may write on a record. */
public final class BaseFields {

    private static final Field ID = field("id");
    private static final Field CREATED_AT = field("createdAt");
    private static final Field CREATED_BY = field("createdBy");
    private static final Field UPDATED_AT = field("updatedAt");
    private static final Field UPDATED_BY = field("updatedBy");
    private static final Field DELETED_AT = field("deletedAt");

    private BaseFields() {}

    /** Notes who made the record and when. */
    public static void created(BaseRecord record, long id, @Nullable Long by, Instant at) {
        set(ID, record, id);
        set(CREATED_AT, record, at);
        set(CREATED_BY, record, by);
        updated(record, by, at);
    }

    /** Notes who changed the record and when. */
    public static void updated(BaseRecord record, @Nullable Long by, Instant at) {
        set(UPDATED_AT, record, at);
        set(UPDATED_BY, record, by);
    }

    /** Puts the record into the trash, or takes it out with {@code null}. */
    public static void deleted(BaseRecord record, @Nullable Instant at) {
        set(DELETED_AT, record, at);
    }

    private static Field field(String name) {
        try {
            Field field = BaseRecord.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Field field, BaseRecord record, @Nullable Object value) {
        try {
            field.set(record, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
