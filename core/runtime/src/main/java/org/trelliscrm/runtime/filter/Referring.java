// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;

/** A field by which the records of one type refer to those of another. */
final class Referring {

    /** Who touched a record is noted on each; nobody means it by "has a deal". */
    private static final Set<String> NOTES = Set.of("createdBy", "updatedBy");

    private final TypeInfo owner;
    private final String path;
    private final FieldInfo field;
    private final TypeInfo target;
    private final boolean inList;

    private Referring(TypeInfo owner, String path, FieldInfo field, TypeInfo target, boolean inList) {
        this.owner = owner;
        this.path = path;
        this.field = field;
        this.target = target;
        this.inList = inList;
    }

    /** All fields of {@code owner} that may refer to {@code target}, as far as they are seen and can be looked up. */
    static List<Referring> to(TypeInfo target, TypeInfo owner, Reach reach) {
        List<Referring> found = new ArrayList<>();
        for (FieldInfo field : owner.fields()) {
            if (!reach.sees(owner, field)) {
                continue;
            }
            if (refers(field, target) && (!field.isList() || field.indexed())) {
                found.add(new Referring(owner, field.name(), field, target, field.isList()));
            }
            field.itemFields().values().stream()
                    .filter(item -> item.indexed() && refers(item, target))
                    .forEach(item ->
                            found.add(new Referring(owner, field.name() + "." + item.name(), item, target, true)));
        }
        return found;
    }

    private static boolean refers(FieldInfo field, TypeInfo target) {
        return target.name().equals(field.referenceTarget()) || ofAnyType(field);
    }

    private static boolean ofAnyType(FieldInfo field) {
        return field.elementType().name().equals("record");
    }

    String path() {
        return path;
    }

    boolean isNote() {
        return NOTES.contains(path);
    }

    /** Appends the statement without its end: the rows of the owner, under an alias, that refer to the row of the target. */
    void append(Sql sql, String alias, String targetAlias, int tenant) {
        String id = targetAlias + ".id";
        String text = (ofAnyType(field) ? "'" + target.name() + ":' || " : "") + Ids.toTextInSql(id);
        sql.add("select 1 from ");
        if (inList) {
            String value = "v" + alias;
            sql.add("record_value " + value + ", " + owner.table() + " " + alias + " where " + alias + ".id = " + value
                            + ".record_id")
                    .add(" and " + value + ".tenant_id = ? and " + value + ".type = ?", tenant, owner.name())
                    .add(" and " + value + ".field = ? and " + value + ".value_key = " + text, path);
        } else {
            sql.add(owner.table() + " " + alias + " where " + alias + "." + field.column() + " = ")
                    .add(ofAnyType(field) ? text : id);
        }
    }
}
