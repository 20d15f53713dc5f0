// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/**
 * Who may change what on roles: nobody writes more into one than they hold themselves, so a role that can do more than the
 * caller can only be narrowed by them; and the last one that makes administrators stays.
 */
@Component
public final class RoleRules implements RecordHook<Role> {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]*");
    private static final Pattern TYPE_OR_ANY = Pattern.compile("\\*|" + TYPE);
    private static final Pattern VERB_OR_ANY = Pattern.compile("\\*|[a-z][a-z0-9-]*");
    private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9_]*");

    private final AccessChanges accessChanges;

    @Activate
    public RoleRules(@Reference AccessChanges accessChanges) {
        this.accessChanges = accessChanges;
    }

    @Override
    public Class<Role> type() {
        return Role.class;
    }

    @Override
    public void beforeSave(Role role, Changes changes, RecordTransaction transaction) {
        if (!changes.has("grants") && !changes.has("fieldRules")) {
            return;
        }
        checkNames(role);
        List<Grant> grantsBefore = before("grants", role.grants(), changes);
        List<FieldRule> rulesBefore = before("fieldRules", role.fieldRules(), changes);
        Powers before = Powers.of(grantsBefore, rulesBefore);
        Powers after = role.powers();
        if (!after.isWithin(before.rights(), rulesBefore)) {
            new Ceiling(transaction).require(after, rulesBefore);
        }
        if (!changes.isNew() && before.isUnlimited() && !after.isUnlimited()) {
            LastAdministrator.requireOtherRole(role, transaction);
        }
    }

    private static void checkNames(Role role) {
        Invalid.Collector problems = new Invalid.Collector();
        for (int i = 0; i < role.grants().size(); i++) {
            Grant grant = role.grants().get(i);
            check(grant.type(), TYPE_OR_ANY, "grants[" + i + "].type", problems);
            check(grant.verb(), VERB_OR_ANY, "grants[" + i + "].verb", problems);
        }
        for (int i = 0; i < role.fieldRules().size(); i++) {
            FieldRule rule = role.fieldRules().get(i);
            check(rule.type(), TYPE, "fieldRules[" + i + "].type", problems);
            check(rule.field(), FIELD, "fieldRules[" + i + "].field", problems);
        }
        problems.throwIfAny();
    }

    // Not whether there is such a type: its module may be installed later, or come back.
    private static void check(String value, Pattern form, String path, Invalid.Collector problems) {
        if (!form.matcher(value).matches()) {
            problems.add(path, "access.badName", Map.of("value", value));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> before(String field, List<T> now, Changes changes) {
        if (!changes.has(field)) {
            return now;
        }
        @Nullable Object before = changes.before(field);
        return before == null ? List.of() : (List<T>) before;
    }

    @Override
    public void afterSave(Role role, Changes changes, RecordTransaction transaction) {
        accessChanges.happened();
    }

    @Override
    public void beforeTrash(Role role, RecordTransaction transaction) {
        // So nobody gets rights back, unseen, when it is taken out of the trash.
        long holders = transaction.count(User.class, Filter.eq("roles", Objects.requireNonNull(role.id())));
        if (holders > 0) {
            throw new Conflict("access.roleInUse", Map.of("count", holders));
        }
        accessChanges.happened();
    }
}
