// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.module.Modules;

/** {@code crm:module-remove}. */
@Service
@Command(scope = "crm", name = "module-remove", description = "Removes a module from the running system; its data stay")
public class ModuleRemove extends ModuleCommand {

    @Override
    Modules.Info act(Modules modules, Caller caller, String module) {
        return modules.remove(caller, module);
    }
}
