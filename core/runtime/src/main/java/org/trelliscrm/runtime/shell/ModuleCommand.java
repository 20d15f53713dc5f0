// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

import java.util.Locale;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.module.Modules;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.runtime.rest.Problems;

/** A command on one module: names it, acts, and tells what became of it. */
abstract class ModuleCommand implements Action {

    @Argument(name = "id", description = "The id of the module", required = true)
    @Completion(ModuleIds.class)
    private @Nullable String id;

    @Reference
    private @Nullable Modules modules;

    @Reference
    private @Nullable Problems problems;

    abstract Modules.Info act(Modules modules, Caller caller, String module);

    @Override
    public @Nullable Object execute() throws Exception {
        Caller caller = Caller.system(Tenants.FIRST);
        try {
            Modules.Info module = act(Objects.requireNonNull(modules), caller, Objects.requireNonNull(id));
            System.out.println(module.id() + " " + module.version() + " "
                    + module.state().name().toLowerCase(Locale.ROOT)
                    + (module.problem() == null ? "" : ": " + module.problem()));
            return null;
        } catch (Problem e) {
            throw new Exception(String.valueOf(Objects.requireNonNull(problems)
                    .describe(e, caller.locale())
                    .get("title")));
        }
    }
}
