// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.Change.FieldChange;
import org.trelliscrm.api.record.RecordRef;
import org.trelliscrm.api.record.Records;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.feed.ChangeLog.Logged;
import org.trelliscrm.runtime.records.References;
import org.trelliscrm.runtime.records.TypeRegistry;

/** What has become of a record: who changed which field from what to what; and the way back to an old value. */
@Component(service = RecordHistory.class)
public class RecordHistory {

    private static final int CHUNK = 200;
    /** Where one field is asked for, so many changes are looked through for a page. */
    private static final int LOOKED_THROUGH = 2000;

    private final LoggedChanges log;
    private final Records records;
    private final TypeRegistry types;
    private final References references;

    @Activate
    public RecordHistory(
            @Reference LoggedChanges log,
            @Reference Records records,
            @Reference TypeRegistry types,
            @Reference References references) {
        this.log = log;
        this.records = records;
        this.types = types;
        this.references = references;
    }

    /**
     * One page of the history of a record, in the trash or not, newest first.
     *
     * @param field only changes of this field; {@code null} for all
     */
    public Map<String, Object> of(
            Caller caller, String type, long id, @Nullable String field, int limit, @Nullable String after) {
        Visible visible = readable(caller, type, id);
        if (field != null
                && (types.require(type, caller.tenant()).info().field(field) == null
                        || !visible.seesField(type, field))) {
            throw new Invalid("fields.unknown", Map.of("type", type, "field", field));
        }
        List<Logged> shown = new ArrayList<>();
        long place = after == null ? Long.MAX_VALUE : ChangeSetView.cursor(after);
        int looked = 0;
        boolean more = true;
        while (more && shown.size() < limit && looked < LOOKED_THROUGH) {
            int chunk = field == null ? limit : CHUNK;
            List<Logged> found = log.ofRecord(caller.tenant(), type, id, place, chunk + 1);
            more = found.size() > chunk;
            for (Logged one : found.subList(0, Math.min(chunk, found.size()))) {
                if (shown.size() == limit) {
                    more = true;
                    break;
                }
                place = one.id();
                looked++;
                if (field == null || one.change().fields().containsKey(field)) {
                    shown.add(one);
                }
            }
        }
        return ChangeSetView.page(json(caller, type, shown, field, visible), more ? place : null);
    }

    private List<Object> json(Caller caller, String type, List<Logged> shown, @Nullable String field, Visible visible) {
        Visible actors = new Visible(
                caller,
                types,
                references,
                shown.stream()
                        .filter(one -> one.change().actor() != null)
                        .map(one -> new RecordRef("user", one.change().actor()))
                        .distinct()
                        .toList());
        List<Object> items = new ArrayList<>();
        for (Logged one : shown) {
            Long actor = one.change().actor();
            Long set = one.change().changeSet();
            Map<String, FieldChange> fields = field == null
                    ? one.change().fields()
                    : Map.of(field, one.change().fields().get(field));
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("id", Ids.toText(one.id()));
            json.put("at", one.change().at().toString());
            json.put("verb", one.change().verb());
            json.put("by", actor == null ? null : Ids.toText(actor));
            json.put("byName", actor == null ? null : actors.title("user", actor));
            json.put("changeSet", set == null ? null : Ids.toText(set));
            json.put("fields", visible.fields(type, fields));
            items.add(json);
        }
        return items;
    }

    /**
     * Gives fields the values again that they had before a change, as the caller could by an update of the record.
     *
     * @param fields which of the fields that the change has changed
     * @param version the version of the record that the caller has seen, or {@code null}
     */
    public Map<String, Object> restore(
            Caller caller, String type, long id, long change, List<String> fields, @Nullable Integer version) {
        Visible visible = readable(caller, type, id);
        Logged logged = log.one(caller.tenant(), type, id, change)
                .orElseThrow(() -> new NotFound("history.notFound", Map.of("id", Ids.toText(change))));
        Invalid.Collector problems = new Invalid.Collector();
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        for (String field : fields) {
            FieldChange changed = logged.change().fields().get(field);
            if (changed == null || !visible.seesField(type, field)) {
                problems.add(field, "history.notChanged");
            } else {
                patch.put(field, changed.before());
            }
        }
        problems.throwIfAny();
        return records.update(caller, type, id, patch, version);
    }

    private Visible readable(Caller caller, String type, long id) {
        if (!caller.rights().allows(type, "read")) {
            throw Denied.right(type, "read");
        }
        Visible visible = new Visible(caller, types, references, List.of(new RecordRef(type, id)));
        if (!visible.sees(type, id)) {
            throw NotFound.record(type, Ids.toText(id));
        }
        return visible;
    }
}
