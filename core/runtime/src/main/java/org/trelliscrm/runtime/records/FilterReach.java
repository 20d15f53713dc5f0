// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Scope;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.Sql;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.filter.Reach;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;

/** How far a filter reaches: for a caller as far as they may read, for a module's own code over the whole tenant. */
final class FilterReach implements Reach {

    private final Caller caller;
    private final boolean limited;
    private final TypeRegistry types;
    private final Instant now;

    private FilterReach(Caller caller, boolean limited, TypeRegistry types, Instant now) {
        this.caller = caller;
        this.limited = limited;
        this.types = types;
        this.now = now;
    }

    static Reach of(Caller caller, TypeRegistry types, Instant now) {
        return new FilterReach(caller, true, types, now);
    }

    /** What hooks and actions ask for themselves, whoever set them off. */
    static Reach ofModule(Caller caller, TypeRegistry types, Instant now) {
        return new FilterReach(caller, false, types, now);
    }

    @Override
    public int tenant() {
        return caller.tenant();
    }

    @Override
    public ZoneId zone() {
        return caller.zone();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<TypeInfo> type(String name) {
        return types.name(name, caller.tenant()).map(ServingType::info);
    }

    @Override
    public boolean reads(TypeInfo type) {
        return !limited || caller.rights().scope(type.name(), "read") != Scope.NONE;
    }

    @Override
    public boolean sees(TypeInfo type, FieldInfo field) {
        return !limited || RowAccess.sees(caller, type, field);
    }

    @Override
    public void rows(Sql sql, TypeInfo type, String alias) {
        sql.add(alias + ".tenant_id = ? and " + alias + ".deleted_at is null", caller.tenant());
        if (limited) {
            RowAccess.appendScope(sql, caller, caller.rights().scope(type.name(), "read"), alias);
        }
    }
}
