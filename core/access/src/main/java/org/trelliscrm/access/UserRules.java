// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.Filter.Operator;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/**
 * Who may change what on users: nobody lifts themselves or others above their own rights, one administrator always remains,
 * and whoever is put out is out at once.
 */
@Component
public final class UserRules implements RecordHook<User> {

    private static final int ALL_KEYS = 10_000;

    private final AccessChanges accessChanges;

    @Activate
    public UserRules(@Reference AccessChanges accessChanges) {
        this.accessChanges = accessChanges;
    }

    @Override
    public Class<User> type() {
        return User.class;
    }

    @Override
    public void beforeSave(User user, Changes changes, RecordTransaction transaction) {
        user.fold();
        // So the scope OWN on users means one's own profile, and TEAM the people of one's teams.
        user.assign(user.id(), user.homeTeam());
        if (changes.isNew() || changes.has("login") || changes.has("email")) {
            checkNames(user, transaction);
        }
        checkCeiling(user, changes, transaction);
        boolean putOut = !changes.isNew() && changes.has("active") && !user.isActive();
        if (!changes.isNew() && wasAdministrator(user, changes, transaction)) {
            if (putOut || !LastAdministrator.isAdministrator(user.roles(), transaction)) {
                LastAdministrator.requireOtherUser(user, transaction);
            }
        }
        boolean restored = !changes.isNew() && changes.has("deletedAt");
        if (putOut || restored) {
            user.endSessions();
        }
    }

    private static void checkNames(User user, RecordTransaction transaction) {
        if (!Login.isValid(user.login())) {
            throw Invalid.field("login", "access.badLogin", Map.of("max", Login.MAX_LENGTH));
        }
        // Both are typed into the same box, so neither may stand for two people.
        if (isOthers("email", user.login(), user, transaction)) {
            throw Invalid.field("login", "access.loginTaken", Map.of("value", user.login()));
        }
        String email = user.email();
        if (email != null && isOthers("login", email, user, transaction)) {
            throw Invalid.field("email", "access.loginTaken", Map.of("value", email));
        }
    }

    private static boolean isOthers(String field, String value, User user, RecordTransaction transaction) {
        Filter same = Filter.eq(field, value);
        Filter others = same.and(Filter.where("id", Operator.NE, Objects.requireNonNull(user.id())));
        return transaction.count(User.class, others) > 0;
    }

    private static void checkCeiling(User user, Changes changes, RecordTransaction transaction) {
        Ceiling ceiling = new Ceiling(transaction);
        List<Long> before = rolesBefore(user, changes);
        if (changes.has("roles")) {
            ceiling.requireRoleUpdate();
            List<Long> added = new ArrayList<>(user.roles());
            added.removeAll(before);
            ceiling.requireRoles(added);
        }
        if (changes.has("homeTeam")) {
            ceiling.requireRoleUpdate();
            Long team = user.homeTeam();
            if (team != null) {
                ceiling.requireOwnTeam(team);
            }
        }
        // A forgotten password goes to this address: who changes it can take the account.
        boolean renamed = !changes.isNew() && (changes.has("login") || changes.has("email"));
        if (renamed && !ceiling.isSelf(user)) {
            ceiling.requireRoles(before);
        }
    }

    private static boolean wasAdministrator(User user, Changes changes, RecordTransaction transaction) {
        boolean wasActive = changes.has("active") ? Boolean.TRUE.equals(changes.before("active")) : user.isActive();
        return wasActive && LastAdministrator.isAdministrator(rolesBefore(user, changes), transaction);
    }

    @SuppressWarnings("unchecked")
    private static List<Long> rolesBefore(User user, Changes changes) {
        if (!changes.has("roles")) {
            return user.roles();
        }
        @Nullable Object before = changes.before("roles");
        return before == null ? List.of() : (List<Long>) before;
    }

    @Override
    public void afterSave(User user, Changes changes, RecordTransaction transaction) {
        if (!changes.isNew() && changes.has("active") && !user.isActive()) {
            revokeKeys(user, transaction);
        }
        accessChanges.happened();
    }

    @Override
    public void beforeTrash(User user, RecordTransaction transaction) {
        if (user.isActive() && LastAdministrator.isAdministrator(user.roles(), transaction)) {
            LastAdministrator.requireOtherUser(user, transaction);
        }
        revokeKeys(user, transaction);
        accessChanges.happened();
    }

    private static void revokeKeys(User user, RecordTransaction transaction) {
        Filter keys = Filter.eq("user", Objects.requireNonNull(user.id())).and(Filter.eq("revoked", false));
        transaction.list(ApiKey.class, keys, ALL_KEYS).forEach(key -> {
            key.revoke();
            transaction.update(key);
        });
    }
}
