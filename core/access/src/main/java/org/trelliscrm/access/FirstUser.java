// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.api.record.Records;

/**
 * Gives a fresh installation its roles and one administrator with a random password. Nothing happens once there has been any
 * user at all: if the file with the password was lost, {@link UserAuthenticator#resetPassword} makes a new one.
 */
@Component(service = FirstUser.class)
public final class FirstUser {

    static final int TENANT = 1;
    static final String LOGIN = "admin";

    private static final Logger LOG = LoggerFactory.getLogger(FirstUser.class);

    private final Records records;
    private final Database database;
    private final Passwords passwords;
    private final FirstSignIn firstSignIn;

    @Activate
    public FirstUser(
            @Reference Records records,
            @Reference Database database,
            @Reference Passwords passwords,
            @Reference FirstSignIn firstSignIn) {
        this.records = records;
        this.database = database;
        this.passwords = passwords;
        this.firstSignIn = firstSignIn;
    }

    /** Makes roles and administrator if there is no user. */
    void create() {
        if (hasUsers()) {
            return;
        }
        String password = Secrets.oneTimePassword();
        String hash = passwords.hashOneTime(password);
        try {
            records.inTransaction(Caller.system(TENANT), User.class, transaction -> create(hash, transaction));
        } catch (RuntimeException refused) {
            // Another node was quicker: logins are unique, so only one of the two administrators could be saved.
            if (hasUsers()) {
                return;
            }
            throw refused;
        }
        // After the commit, so that what stands there is true.
        try {
            firstSignIn.write(LOGIN, password);
        } catch (IOException e) {
            LOG.error("could not write how to sign in for the first time ({}); reset the password of {}", e, LOGIN);
        }
    }

    private boolean hasUsers() {
        return !database.query(
                        "select id from access_user where tenant_id = ? fetch first 1 rows only",
                        row -> row.getLong(1),
                        TENANT)
                .isEmpty();
    }

    private static User create(String hash, RecordTransaction transaction) {
        Role administrator = transaction.create(ReadyRoles.administrator());
        ReadyRoles.others().forEach(transaction::create);
        User user = new User(LOGIN, "Administrator", List.of(Objects.requireNonNull(administrator.id())));
        user.resetPassword(hash);
        return transaction.create(user);
    }
}
