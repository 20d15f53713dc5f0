// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

import java.util.Locale;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Authenticator;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.runtime.rest.Problems;

/** A command on one user that prints one secret. */
abstract class UserCommand implements Action {

    @Argument(name = "user", description = "The user's login", required = true)
    private @Nullable String login;

    @Reference
    private @Nullable Authenticator authenticator;

    @Reference
    private @Nullable Problems problems;

    abstract String act(Authenticator authenticator, String login);

    @Override
    public @Nullable Object execute() throws Exception {
        try {
            System.out.println(act(Objects.requireNonNull(authenticator), Objects.requireNonNull(login)));
            return null;
        } catch (Problem e) {
            throw new Exception(String.valueOf(
                    Objects.requireNonNull(problems).describe(e, Locale.ENGLISH).get("title")));
        }
    }
}
