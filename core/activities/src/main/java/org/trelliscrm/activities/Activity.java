// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.activities;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Field.Format;
import org.trelliscrm.api.record.RecordRef;
import org.trelliscrm.api.record.RecordType;

/**
 * Something that people do for a customer or have done: a task, a call, a meeting, a note, an e-mail. Linked to any number
 * of records of any module, on whose timelines it appears.
 */
@RecordType(
        name = "activity",
        collection = "activities",
        titleField = "subject",
        icon = "calendar-check",
        timeline = "startsAt")
@Entity
@Table(name = "activities_activity")
public class Activity extends BaseRecord {

    private static final int MAX_ITEMS = 200;

    @Field(required = true)
    private @Nullable ActivityKind kind;

    @Field(required = true, maxLength = 500, searchable = true)
    private @Nullable String subject;

    @Field(format = Format.MULTILINE, maxLength = 20_000, searchable = true)
    private @Nullable String description;

    @Field
    private @Nullable Instant startsAt;

    @Field
    private @Nullable Instant endsAt;

    @Field
    private @Nullable Instant dueAt;

    @Field
    private @Nullable Boolean allDay;

    @Field(format = Format.TIME_ZONE, maxLength = 50)
    private @Nullable String timeZone;

    @Field
    private @Nullable Status status;

    @Field
    private @Nullable Priority priority;

    @Field(readOnly = true)
    private @Nullable Instant doneAt;

    @Field(searchable = true)
    private @Nullable String location;

    @Field
    private @Nullable Direction direction;

    @Field(min = 0)
    private @Nullable Integer durationSeconds;

    @Field(maxLength = 500, searchable = true)
    private @Nullable String outcome;

    @Field(indexed = true)
    private List<RecordRef> links = new ArrayList<>();

    @Field(references = "user", indexed = true)
    private List<Long> assignees = new ArrayList<>();

    @Field
    private List<ChecklistItem> checklist = new ArrayList<>();

    @Nullable
    ActivityKind kind() {
        return kind;
    }

    @Nullable
    Status status() {
        return status;
    }

    @Nullable
    Priority priority() {
        return priority;
    }

    @Nullable
    Instant doneAt() {
        return doneAt;
    }

    @Nullable
    Direction direction() {
        return direction;
    }

    @Nullable
    String outcome() {
        return outcome;
    }

    List<RecordRef> links() {
        return links;
    }

    List<Long> assignees() {
        return assignees;
    }

    List<ChecklistItem> checklist() {
        return checklist;
    }

    boolean isDone() {
        return status == Status.DONE;
    }

    /** Sets it to done; one that is done already only takes the new outcome. */
    void complete(@Nullable String newOutcome) {
        status = Status.DONE;
        if (newOutcome != null && !newOutcome.isBlank()) {
            outcome = newOutcome.strip();
        }
    }

    /** Takes it up again after it was done or cancelled. */
    void reopen() {
        if (kind == ActivityKind.NOTE) {
            throw new Conflict("activities.noteStaysDone", Map.of());
        }
        if (status == Status.DONE || status == Status.CANCELLED) {
            status = Status.PLANNED;
        }
    }

    /** Fills what nobody said, and what follows from the rest. */
    void settle(Instant now) {
        if (kind == ActivityKind.NOTE) {
            // What is written is done; a note to do something is a task.
            status = Status.DONE;
        } else if (status == null) {
            status = Status.PLANNED;
        }
        doneAt = !isDone() ? null : doneAt != null ? doneAt : now;
        priority = priority == null ? Priority.NORMAL : priority;
        allDay = Boolean.TRUE.equals(allDay);
        links = new ArrayList<>(links.stream().distinct().toList());
        assignees = new ArrayList<>(assignees.stream().distinct().toList());
        checklist = new ArrayList<>(
                checklist.stream().filter(item -> !item.isBlank()).toList());
        checklist.forEach(ChecklistItem::settle);
    }

    /** Whoever makes an activity and names nobody means to do it. */
    void assignIfNobody(long user) {
        if (assignees.isEmpty()) {
            assignees.add(user);
        }
    }

    /** Drops the direction of a call that has become something else. */
    void forgetDirectionIfNone() {
        if (kind != null && !kind.hasDirection()) {
            direction = null;
        }
    }

    void check(Invalid.Collector problems) {
        if (startsAt != null && endsAt != null && endsAt.isBefore(startsAt)) {
            problems.add("endsAt", "activities.endsBeforeStart");
        }
        if (direction != null && kind != null && !kind.hasDirection()) {
            problems.add("direction", "activities.noDirection");
        }
        checkSize("links", links, problems);
        checkSize("assignees", assignees, problems);
        checkSize("checklist", checklist, problems);
    }

    private static void checkSize(String field, List<?> list, Invalid.Collector problems) {
        if (list.size() > MAX_ITEMS) {
            problems.add(field, "field.tooMany", Map.of("max", MAX_ITEMS, "count", list.size()));
        }
    }
}
