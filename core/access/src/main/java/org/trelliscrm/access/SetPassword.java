// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.record.RecordAction;
import org.trelliscrm.api.record.RecordTransaction;

/**
 * The verb {@code set-password} on a user: gives somebody else a password that they must change on signing in, and ends
 * their sessions. One's own password is changed by telling the present one, see {@link UserAuthenticator#changePassword}.
 */
@Component
public final class SetPassword implements RecordAction<User> {

    private static final String PASSWORD = "password";

    private final Passwords passwords;

    @Activate
    public SetPassword(@Reference Passwords passwords) {
        this.passwords = passwords;
    }

    @Override
    public Class<User> type() {
        return User.class;
    }

    @Override
    public String name() {
        return "set-password";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(PASSWORD, Parameter.Kind.TEXT, true));
    }

    @Override
    public Map<String, Object> run(User user, Map<String, Object> input, RecordTransaction transaction) {
        Ceiling ceiling = new Ceiling(transaction);
        if (ceiling.isSelf(user)) {
            throw Denied.because("access.ownPassword", Map.of());
        }
        ceiling.requireRoles(user.roles());
        String password = input.get(PASSWORD) instanceof String text ? text : "";
        PasswordRules.check(PASSWORD, password, user.login(), user.email(), user.name());
        user.resetPassword(passwords.inTurn(() -> passwords.hash(password)));
        return Map.of();
    }
}
