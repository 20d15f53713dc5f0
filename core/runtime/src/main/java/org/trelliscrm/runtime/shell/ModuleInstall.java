// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.module.Modules;

/** {@code crm:module-install}. */
@Service
@Command(scope = "crm", name = "module-install", description = "Installs a module into the running system")
public class ModuleInstall extends ModuleCommand {

    @Override
    Modules.Info act(Modules modules, Caller caller, String module) {
        return modules.install(caller, module);
    }
}
