// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.trelliscrm.bench.Dataset.Kind;
import org.trelliscrm.bench.Dataset.Owner;
import org.trelliscrm.bench.Dataset.Stage;

/** The rows that the engine would have written for a record. {@link Likeness} holds them against those it does write. */
final class Rows {

    static final String CONTACTS = "contacts_contact";
    static final String ACTIVITIES = "activities_activity";
    static final String DEALS = "pipeline_deal";
    static final String STAGE_CHANGES = "pipeline_stage_change";
    static final String VALUES = "record_value";
    static final String TIMELINE = "timeline_entry";
    static final int TENANT = 1;

    private static final List<String> CALLS = List.of("Asked for a price", "Called back", "Reminded of the offer");
    private static final List<String> TASKS = List.of("Send the offer", "Ask how it went", "Prepare the samples");
    private static final List<String> DEAL_NAMES = List.of("Felt for forty homes", "Office chairs", "Yearly contract");

    private Rows() {}

    /** The rows of the record of this kind with this number. */
    static List<Row> of(Dataset data, Kind kind, int number) {
        long id = data.id(kind, number);
        LocalDateTime at = data.createdAt(kind, number);
        return switch (kind) {
            case CONTACT -> contact(data.contact(number), id, at);
            case ACTIVITY -> activity(data, number, id, at);
            case DEAL -> deal(data, number, id, at);
            case STAGE_CHANGE -> throw new IllegalArgumentException("comes with its deal");
        };
    }

    static List<Row> contact(Contact contact, long id, LocalDateTime at) {
        Map<String, Object> row = record(id, at, contact.owner());
        row.put("kind", contact.isOrganization() ? "ORGANIZATION" : "INDIVIDUAL");
        row.put("name", contact.name());
        row.put("name_key", contact.nameKey());
        row.put("given_name", contact.given());
        row.put("middle_name", contact.middle());
        row.put("family_name", contact.family());
        row.put("emails", json(List.of(object("address", contact.email(), "label", "work", "preferred", true))));
        row.put("email", contact.email());
        row.put(
                "phones",
                json(List.of(object(
                        "number", contact.phone(), "e164", contact.phone(), "label", "mobile", "preferred", true))));
        row.put("phone", contact.phone());
        row.put(
                "addresses",
                contact.city() == null
                        ? null
                        : json(List.of(object("label", "work", "city", contact.city(), "preferred", true))));
        row.put("positions", contact.organization() == null ? null : position(contact));
        row.put("organization", contact.organization());
        row.put("job_title", contact.jobTitle());
        row.put("language", contact.language());
        row.put("source", contact.source());
        row.put("lifecycle", contact.lifecycle().toUpperCase(Locale.ROOT));
        row.put("tags", contact.tags().isEmpty() ? null : json(contact.tags()));
        List<Row> rows = new ArrayList<>(List.of(new Row(CONTACTS, row)));
        rows.add(value("contact", "emails.address", contact.email(), id));
        rows.add(value("contact", "phones.e164", contact.phone(), id));
        if (contact.city() != null) {
            rows.add(value("contact", "addresses.city", contact.city(), id));
        }
        if (contact.organization() != null) {
            rows.add(value("contact", "positions.organization", Ids.toText(contact.organization()), id));
        }
        contact.tags().forEach(tag -> rows.add(value("contact", "tags", tag, id)));
        return rows;
    }

    private static String position(Contact contact) {
        return json(List.of(object(
                "organization", Ids.toText(contact.organization()),
                "organizationName", contact.organizationName(),
                "title", contact.jobTitle())));
    }

    private static List<Row> activity(Dataset data, int number, long id, LocalDateTime at) {
        SplittableRandom random = data.random(Kind.ACTIVITY, number);
        long contact = data.id(Kind.CONTACT, data.anyContact(random));
        Owner owner = data.owner(random);
        return random.nextInt(2) == 0
                ? call(CALLS.get(random.nextInt(CALLS.size())), contact, owner, id, at)
                : task(TASKS.get(random.nextInt(TASKS.size())), contact, owner, id, at);
    }

    /** A call that was made. */
    static List<Row> call(String subject, long contact, Owner owner, long id, LocalDateTime at) {
        return activity("CALL", subject, at, "DONE", at, "INCOMING", contact, owner, id, at);
    }

    /** Something to do. */
    static List<Row> task(String subject, long contact, Owner owner, long id, LocalDateTime at) {
        return activity("TASK", subject, null, "PLANNED", null, null, contact, owner, id, at);
    }

    private static List<Row> activity(
            String kind,
            String subject,
            LocalDateTime startsAt,
            String status,
            LocalDateTime doneAt,
            String direction,
            long contact,
            Owner owner,
            long id,
            LocalDateTime at) {
        Map<String, Object> row = record(id, at, owner);
        String link = "contact:" + Ids.toText(contact);
        String assignee = Ids.toText(owner.user());
        row.put("kind", kind);
        row.put("subject", subject);
        row.put("starts_at", timestamp(startsAt));
        row.put("all_day", false);
        row.put("status", status);
        row.put("priority", "NORMAL");
        row.put("done_at", timestamp(doneAt));
        row.put("direction", direction);
        row.put("links", json(List.of(link)));
        row.put("assignees", json(List.of(assignee)));
        return List.of(
                new Row(ACTIVITIES, row),
                value("activity", "links", link, id),
                value("activity", "assignees", assignee, id),
                entry("activity", subject, contact, startsAt == null ? at : startsAt, owner, id));
    }

    private static List<Row> deal(Dataset data, int number, long id, LocalDateTime at) {
        SplittableRandom random = data.random(Kind.DEAL, number);
        List<Row> rows = new ArrayList<>(deal(
                DEAL_NAMES.get(random.nextInt(DEAL_NAMES.size())),
                data.id(Kind.CONTACT, data.anyContact(random)),
                data.id(Kind.CONTACT, data.anyOrganization(random)),
                BigDecimal.valueOf(100 + random.nextInt(50_000)),
                data.stage(random),
                data.owner(random),
                id,
                at));
        rows.add(stageChange(rows.get(0), data.id(Kind.STAGE_CHANGE, number)));
        return rows;
    }

    static List<Row> deal(
            String name,
            long contact,
            long organization,
            BigDecimal amount,
            Stage stage,
            Owner owner,
            long id,
            LocalDateTime at) {
        Map<String, Object> row = record(id, at, owner);
        row.put("name", name);
        row.put("contact", contact);
        row.put("organization", organization);
        row.put("value_amount", amount);
        row.put("value_currency", "EUR");
        row.put("pipeline", stage.pipeline());
        row.put("stage", stage.id());
        row.put("state", "OPEN");
        row.put("expected_close_on", Date.valueOf(at.toLocalDate()));
        row.put("probability", stage.probability());
        row.put("stage_since", timestamp(at));
        List<Row> rows = new ArrayList<>(List.of(new Row(DEALS, row)));
        Stream.of(contact, organization, stage.pipeline(), stage.id())
                .distinct()
                .forEach(target -> rows.add(entry("deal", name, target, at, owner, id)));
        return rows;
    }

    /** The step that made a deal. */
    private static Row stageChange(Row deal, long id) {
        Map<String, Object> columns = deal.columns();
        Map<String, Object> row = new LinkedHashMap<>();
        for (String same : List.of(
                "tenant_id",
                "version",
                "created_at",
                "created_by",
                "updated_at",
                "updated_by",
                "owner_id",
                "team_id")) {
            row.put(same, columns.get(same));
        }
        row.put("id", id);
        row.put("deal", columns.get("id"));
        row.put("to_stage", columns.get("stage"));
        row.put("to_state", columns.get("state"));
        row.put("changed_at", columns.get("created_at"));
        return new Row(STAGE_CHANGES, row);
    }

    private static Map<String, Object> record(long id, LocalDateTime at, Owner owner) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("tenant_id", TENANT);
        row.put("id", id);
        row.put("version", 1);
        row.put("created_at", timestamp(at));
        row.put("created_by", owner.user());
        row.put("updated_at", timestamp(at));
        row.put("updated_by", owner.user());
        row.put("owner_id", owner.user());
        row.put("team_id", owner.team());
        return row;
    }

    private static Row value(String type, String field, String value, long id) {
        return new Row(
                VALUES,
                object(
                        "tenant_id", TENANT,
                        "type", type,
                        "field", field,
                        "value_key", value.toLowerCase(Locale.ROOT),
                        "record_id", id));
    }

    private static Row entry(String type, String title, long target, LocalDateTime occurredAt, Owner owner, long id) {
        return new Row(
                TIMELINE,
                object(
                        "tenant_id", TENANT,
                        "target_id", target,
                        "occurred_at", timestamp(occurredAt),
                        "record_id", id,
                        "type", type,
                        "title", title,
                        "created_by", owner.user(),
                        "owner_id", owner.user(),
                        "team_id", owner.team()));
    }

    private static Timestamp timestamp(LocalDateTime at) {
        return at == null ? null : Timestamp.valueOf(at);
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    private static String json(Object value) {
        try {
            return Rest.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
