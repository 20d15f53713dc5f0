// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.trelliscrm.api.access.Authenticator;

/** {@code crm:reset-password}. */
@Service
@Command(
        scope = "crm",
        name = "reset-password",
        description = "Gives a user a new one-time password and prints it, this once")
public class ResetPassword extends UserCommand {

    @Override
    String act(Authenticator authenticator, String login) {
        return authenticator.resetPassword(Tenants.FIRST, login);
    }
}
