// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.access.Accounts.Account;
import org.trelliscrm.access.Keys.Holder;
import org.trelliscrm.access.Throttle.Subject;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.api.record.Filter;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.api.record.Records;

/** Finds out who is asking, from what this module knows: users, their sessions and their keys. */
@Component(service = Authenticator.class)
public final class UserAuthenticator implements Authenticator {

    private final Records records;
    private final Database database;
    private final Accounts accounts;
    private final Keys keys;
    private final Sessions sessions;
    private final SignIn signIn;
    private final Passwords passwords;
    private final Throttle throttle;
    private final FirstSignIn firstSignIn;

    /** @param started says that the tables and the first user are there */
    @Activate
    public UserAuthenticator(
            @Reference Records records,
            @Reference Database database,
            @Reference Accounts accounts,
            @Reference Keys keys,
            @Reference Sessions sessions,
            @Reference SignIn signIn,
            @Reference Passwords passwords,
            @Reference Throttle throttle,
            @Reference FirstSignIn firstSignIn,
            @Reference FirstStart.Done started) {
        this.records = records;
        this.database = database;
        this.accounts = accounts;
        this.keys = keys;
        this.sessions = sessions;
        this.signIn = signIn;
        this.passwords = passwords;
        this.throttle = throttle;
        this.firstSignIn = firstSignIn;
    }

    @Override
    public Optional<Caller> byKey(String key) {
        return keys.find(key).flatMap(this::caller);
    }

    @Override
    public Optional<Caller> byKeyId(int tenant, long key) {
        return keys.find(tenant, key).flatMap(this::caller);
    }

    private Optional<Caller> caller(Keys.Holder holder) {
        return byUser(holder.tenant(), holder.user()).map(user -> user.withKey(holder.key()));
    }

    @Override
    public OptionalInt requestsPerMinute(String key) {
        return keys.find(key).map(Holder::limit).orElseGet(OptionalInt::empty);
    }

    @Override
    public Optional<Caller> byUser(int tenant, long user) {
        return accounts.find(tenant, user).map(Account::caller);
    }

    @Override
    public Optional<Session> bySession(String token) {
        return sessions.find(token).flatMap(this::session);
    }

    private Optional<Session> session(OpenSession open) {
        return accounts.find(open.tenant(), open.user())
                .filter(account -> open.series() >= account.sessionSeries())
                .map(account -> new Session(
                        open.token(), open.csrf(), account.caller(), open.expiresAt(), account.mustChangePassword()));
    }

    @Override
    public Session signIn(String user, String password, String address) {
        return session(signIn.signIn(user, password, address))
                .orElseThrow(() -> Denied.unknownCaller("access.wrongCredentials"));
    }

    @Override
    public void signOut(String token) {
        sessions.end(token);
    }

    @Override
    public void changePassword(Session session, String current, String next) {
        int tenant = session.caller().tenant();
        Candidate user = Optional.ofNullable(session.caller().user())
                .flatMap(id -> Candidate.byId(tenant, id, database))
                .orElseThrow(() -> Denied.unknownCaller("access.sessionOver"));
        String hash = passwords.inTurn(() -> {
            signIn.confirm(user, current);
            if (next.equals(current)) {
                throw Invalid.field("new", "access.passwordUnchanged", Map.of());
            }
            PasswordRules.check("new", next, user.login(), user.email(), user.name());
            return passwords.hash(next);
        });
        int series = records.inTransaction(
                session.caller(), User.class, transaction -> changePassword(user, hash, transaction));
        sessions.keep(session.token(), series);
        firstSignIn.discard(user.login());
    }

    private static int changePassword(Candidate confirmed, String hash, RecordTransaction transaction) {
        User user = transaction
                .lock(User.class, confirmed.id())
                .filter(found -> Objects.equals(found.passwordHash(), confirmed.passwordHash()))
                // Between the check and now somebody else has set another one, perhaps because this one has leaked.
                .orElseThrow(() -> Denied.because("access.wrongPassword", Map.of()));
        user.changePassword(hash);
        return transaction.update(user).sessionSeries();
    }

    @Override
    public String resetPassword(int tenant, String user) {
        String password = Secrets.oneTimePassword();
        String hash = passwords.hashOneTime(password);
        records.inTransaction(Caller.system(tenant), User.class, transaction -> {
            User found = find(user, transaction);
            found.resetPassword(hash);
            return transaction.update(found);
        });
        throttle.forgive(Subject.login(user));
        firstSignIn.discard(Login.fold(user));
        return password;
    }

    @Override
    public String issueKey(int tenant, String user, String name) {
        return records.inTransaction(
                Caller.system(tenant),
                User.class,
                transaction -> IssueKey.issue(find(user, transaction), name, null, transaction));
    }

    private static User find(String user, RecordTransaction transaction) {
        return transaction.list(User.class, Filter.eq("login", Login.fold(user)), 1).stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("access.noSuchUser", Map.of("login", user)));
    }
}
