// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

import java.util.Locale;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.module.Modules;

/** {@code crm:module-list}. */
@Service
@Command(scope = "crm", name = "module-list", description = "Lists the modules that are installed or could be")
public class ModuleList implements Action {

    @Reference
    private @Nullable Modules modules;

    @Override
    public @Nullable Object execute() {
        ShellTable table = new ShellTable();
        table.column("Id");
        table.column("Version");
        table.column("State");
        table.column("Description");
        for (Modules.Info module : Objects.requireNonNull(modules).list(Caller.system(Tenants.FIRST))) {
            table.addRow()
                    .addContent(
                            module.id(),
                            module.version(),
                            module.state().name().toLowerCase(Locale.ROOT),
                            module.description());
        }
        table.print(System.out);
        return null;
    }
}
