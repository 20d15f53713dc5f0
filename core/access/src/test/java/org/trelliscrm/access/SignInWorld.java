// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Records;
import org.trelliscrm.testkit.FakeClock;
import org.trelliscrm.testkit.FakeRecords;
import org.trelliscrm.testkit.FakeTransaction;

/**
 * All that stands behind an {@link Authenticator}, on a real database: records are kept in memory, and their rows, which this
 * module reads by JDBC, follow after each transaction.
 */
final class SignInWorld {

    static final int TENANT = 1;
    static final String PASSWORD = "four words that fit";

    final FakeClock clock = new FakeClock("2026-03-01T09:00:00Z");
    final AccessChanges changes = new AccessChanges(clock);
    final FakeTransaction transaction = new FakeTransaction(
            clock, new UserRules(changes), new RoleRules(changes), new TeamRules(changes), new ApiKeyRules(changes));
    final Records records = new FakeRecords(transaction, this::writeRows);
    /** Cheap: whether the real parameters are strong enough is not what these tests are about. */
    final Passwords passwords = new Passwords(new PasswordHash(64, 1));

    final Database database;
    final FirstSignIn firstSignIn;

    SignInWorld(DataSource dataSource, Path home) {
        database = new Database(dataSource);
        firstSignIn = new FirstSignIn(home);
    }

    /** A node as it is after its start: it has the database and no memory. */
    Authenticator node() {
        Throttle throttle = new Throttle(database, clock);
        Sessions sessions = new Sessions(database, clock, changes);
        SignInLog log = new SignInLog(database, clock);
        return new UserAuthenticator(
                records,
                database,
                new Accounts(records, clock, changes),
                new Keys(database, clock, changes),
                sessions,
                new SignIn(database, passwords, throttle, log, sessions, clock),
                passwords,
                throttle,
                firstSignIn,
                new FirstStart.Done());
    }

    FirstUser firstUser() {
        return new FirstUser(records, database, passwords, firstSignIn);
    }

    /** A user with the password {@link #PASSWORD}. */
    User user(String login, Role... roles) {
        return system(tx -> {
            List<Long> ids = Stream.of(roles)
                    .map(role -> Objects.requireNonNull(role.id()))
                    .toList();
            User user = new User(login, "The user " + login, ids);
            user.changePassword(passwords.hash(PASSWORD));
            return tx.create(user);
        });
    }

    /** Changes one field of a record, as an administrator does. */
    void patch(BaseRecord record, String field, Object value) {
        system(tx -> tx.patch(record, field, value));
    }

    /** Does something in a transaction for the system. */
    <R> R system(Function<FakeTransaction, R> work) {
        return records.inTransaction(Caller.system(TENANT), User.class, tx -> work.apply(transaction));
    }

    private void writeRows() {
        Rows rows = new Rows(database);
        Stream.of(User.class, ApiKey.class)
                .flatMap(type -> Stream.of(transaction.all(type), transaction.trashed(type)))
                .flatMap(List::stream)
                .forEach(record -> rows.write(record, TENANT));
    }
}
