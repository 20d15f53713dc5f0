// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.util.Objects;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;

/** The one place that says which rows and which fields a caller reaches. */
final class RowAccess {

    private RowAccess() {}

    /**
     * The scope of a right.
     *
     * @throws Denied if it reaches nothing
     */
    static Scope require(Caller caller, String type, String verb) {
        Scope scope = caller.rights().scope(type, verb);
        if (scope == Scope.NONE) {
            throw Denied.right(type, verb);
        }
        return scope;
    }

    /** Narrows a statement over the alias {@code t} to the caller's tenant and to the rows of a scope. */
    static void append(Sql sql, Caller caller, Scope scope) {
        sql.add(" where t.tenant_id = ?", caller.tenant());
        appendScope(sql, caller, scope);
    }

    /** Adds the rows of a scope as one more condition. */
    static void appendScope(Sql sql, Caller caller, Scope scope) {
        appendScope(sql, caller, scope, "t");
    }

    /** Adds the rows of a scope as one more condition over an alias. */
    static void appendScope(Sql sql, Caller caller, Scope scope, String alias) {
        Long user = caller.user();
        if (scope == Scope.ALL) {
            return;
        }
        if (scope == Scope.NONE || user == null) {
            sql.add(" and 1 = 0");
        } else if (scope == Scope.OWN || caller.teams().isEmpty()) {
            sql.add(" and " + alias + ".owner_id = ?", user);
        } else {
            sql.add(" and (" + alias + ".owner_id = ? or " + alias + ".team_id in ", user)
                    .addAll(caller.teams())
                    .add(")");
        }
    }

    /** Whether a record lies within a scope. */
    static boolean reaches(Caller caller, Scope scope, BaseRecord record) {
        return switch (scope) {
            case ALL -> true;
            case NONE -> false;
            case OWN -> isOwner(caller, record);
            case TEAM ->
                isOwner(caller, record)
                        || record.team() != null && caller.teams().contains(record.team());
        };
    }

    private static boolean isOwner(Caller caller, BaseRecord record) {
        return caller.user() != null && Objects.equals(caller.user(), record.owner());
    }

    /** Whether the caller may see a field. */
    static boolean sees(Caller caller, TypeInfo type, FieldInfo field) {
        return !field.internal() && caller.rights().field(type.name(), field.ruleName()) != FieldAccess.HIDDEN;
    }

    /** Whether the caller may see the field of this name. */
    static boolean sees(Caller caller, TypeInfo type, String field) {
        FieldInfo info = type.field(field);
        return info != null && sees(caller, type, info);
    }

    /** Whether the caller may write a field. */
    static boolean writes(Caller caller, TypeInfo type, FieldInfo field) {
        return !field.readOnly() && caller.rights().field(type.name(), field.ruleName()) == FieldAccess.FULL;
    }
}
