// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.trelliscrm.api.access.Authenticator;

/** {@code crm:api-key}. */
@Service
@Command(
        scope = "crm",
        name = "api-key",
        description = "Makes an API key with the rights of a user and prints it, this once")
public class ApiKey extends UserCommand {

    @Override
    String act(Authenticator authenticator, String login) {
        return authenticator.issueKey(Tenants.FIRST, login, "shell");
    }
}
