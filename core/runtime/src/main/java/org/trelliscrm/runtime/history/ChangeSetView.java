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
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.RecordRef;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.feed.ChangeLog.Logged;
import org.trelliscrm.runtime.records.References;
import org.trelliscrm.runtime.records.TypeRegistry;
import org.trelliscrm.runtime.texts.Texts;

/** Change sets as callers see them, JSON-shaped: those that they may see, and of the changes only what they may read. */
@Component(service = ChangeSetView.class)
public class ChangeSetView {

    private final ChangeSetTable table;
    private final Undos undos;
    private final LoggedChanges log;
    private final UndoProblems problems;
    private final TypeRegistry types;
    private final References references;
    private final Texts texts;

    @Activate
    public ChangeSetView(
            @Reference ChangeSetTable table,
            @Reference Undos undos,
            @Reference LoggedChanges log,
            @Reference UndoProblems problems,
            @Reference TypeRegistry types,
            @Reference References references,
            @Reference Texts texts) {
        this.table = table;
        this.undos = undos;
        this.log = log;
        this.problems = problems;
        this.types = types;
        this.references = references;
        this.texts = texts;
    }

    /** One page of change sets, newest first; those of others only for who may read them all. */
    public Map<String, Object> list(
            Caller caller, @Nullable String kind, @Nullable String by, int limit, @Nullable String after) {
        Long actor = caller.rights().allows(Undos.RIGHT, "read") || caller.isSystem() ? null : caller.user();
        if (by != null) {
            long wanted = Ids.fromText(by).orElse(-1);
            actor = actor == null || actor == wanted ? wanted : -1;
        }
        List<ChangeSetEntry> entries =
                table.newest(caller.tenant(), kind, actor, after == null ? null : cursor(after), limit + 1);
        List<Object> items = new ArrayList<>();
        entries.stream().limit(limit).forEach(entry -> items.add(json(entry)));
        return page(items, entries.size() > limit ? entries.get(limit - 1).id() : null);
    }

    /** One change set, with how many changes of each type the caller may read. */
    public Map<String, Object> get(Caller caller, long id) {
        ChangeSetEntry entry = undos.visible(caller, id);
        Map<String, Object> json = json(entry);
        List<Object> counts = new ArrayList<>();
        for (LoggedChanges.Count count : log.counts(caller.tenant(), id)) {
            if (caller.rights().allows(count.type(), "read")) {
                counts.add(Map.of("type", count.type(), "verb", count.verb(), "count", count.count()));
            }
        }
        json.put("counts", counts);
        return json;
    }

    /** One page of the changes of a change set, oldest first; what the caller may not see is left out. */
    public Map<String, Object> changes(Caller caller, long id, int limit, @Nullable String after) {
        undos.visible(caller, id);
        List<Logged> found = log.ofSet(caller.tenant(), id, after == null ? 0 : cursor(after), limit + 1);
        List<Logged> shown = found.subList(0, Math.min(limit, found.size()));
        Visible visible = visible(
                caller,
                shown.stream()
                        .map(one ->
                                new RecordRef(one.change().type(), one.change().record()))
                        .toList());
        List<Object> items = new ArrayList<>();
        for (Logged one : shown) {
            String type = one.change().type();
            if (visible.sees(type, one.change().record())) {
                Map<String, @Nullable Object> json = new LinkedHashMap<>();
                json.put("id", Ids.toText(one.id()));
                json.put("at", one.change().at().toString());
                json.putAll(visible.record(type, one.change().record()));
                json.put("verb", one.change().verb());
                json.put("fields", visible.fields(type, one.change().fields()));
                items.add(json);
            }
        }
        return page(items, found.size() > limit ? found.get(limit - 1).id() : null);
    }

    /** One page of what an undo could not put back; what the caller may not see is left out. */
    public Map<String, Object> problems(Caller caller, long undo, int limit, @Nullable String after) {
        undos.visible(caller, undo);
        List<UndoProblems.Row> found = problems.of(caller.tenant(), undo, after == null ? 0 : cursor(after), limit + 1);
        List<UndoProblem> shown =
                found.stream().limit(limit).map(UndoProblems.Row::problem).toList();
        return page(
                json(caller, shown), found.size() > limit ? found.get(limit - 1).id() : null);
    }

    /** What an undo would do now. */
    public Map<String, Object> preview(Caller caller, long id) {
        Undos.Preview preview = undos.preview(caller, id);
        Map<String, Object> json = new LinkedHashMap<>(preview.sums());
        json.put("problems", json(caller, preview.problems()));
        return json;
    }

    private List<Object> json(Caller caller, List<UndoProblem> shown) {
        Visible visible = visible(
                caller,
                shown.stream()
                        .map(one -> new RecordRef(one.type(), one.record()))
                        .toList());
        List<Object> items = new ArrayList<>();
        for (UndoProblem problem : shown) {
            if (problem.kind() == UndoProblem.Kind.REFUSED || visible.sees(problem.type(), problem.record())) {
                items.add(json(caller, problem, visible));
            }
        }
        return items;
    }

    private Map<String, Object> json(Caller caller, UndoProblem problem, Visible visible) {
        Map<String, Object> json = new LinkedHashMap<>(visible.record(problem.type(), problem.record()));
        json.put("kind", problem.kind().text());
        if (problem.details().get("reason") instanceof Map<?, ?> reason) {
            json.put("reason", reason(caller, reason));
        }
        if (problem.details().get("fields") instanceof Map<?, ?> fields && !fields.isEmpty()) {
            Map<String, Object> shown = new LinkedHashMap<>();
            fields.forEach((name, value) -> {
                String field = ((String) name).split("[.\\[]")[0];
                if (visible.seesField(problem.type(), field)) {
                    Map<?, ?> details = (Map<?, ?>) value;
                    shown.put((String) name, details.containsKey("code") ? reason(caller, details) : details);
                }
            });
            json.put("fields", shown);
        }
        return json;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> reason(Caller caller, Map<?, ?> reason) {
        String code = (String) reason.get("code");
        String text = texts.text("problem." + code, caller.locale(), (Map<String, Object>) reason.get("arguments"));
        return Map.of("code", code, "message", text);
    }

    private Visible visible(Caller caller, List<RecordRef> records) {
        return new Visible(caller, types, references, records);
    }

    private static Map<String, Object> json(ChangeSetEntry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", Ids.toText(entry.id()));
        json.put("kind", entry.kind());
        json.put("state", entry.state().text());
        json.put("details", entry.details());
        json.put("by", text(entry.actor()));
        json.put("job", text(entry.job()));
        json.put("begunAt", entry.begunAt().toString());
        json.put("endedAt", entry.endedAt() == null ? null : entry.endedAt().toString());
        json.put("undoes", text(entry.undoes()));
        json.put("undoneBy", text(entry.undoneBy()));
        return json;
    }

    private static @Nullable String text(@Nullable Long id) {
        return id == null ? null : Ids.toText(id);
    }

    static Map<String, Object> page(List<Object> items, @Nullable Long next) {
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("next", text(next));
        return page;
    }

    /** A place in a list that is ordered by ids. */
    static long cursor(String text) {
        return Ids.fromText(text).orElseThrow(() -> new Invalid("cursor.invalid", Map.of()));
    }
}
