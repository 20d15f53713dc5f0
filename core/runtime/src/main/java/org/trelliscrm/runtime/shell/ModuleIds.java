// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

import java.util.List;
import java.util.Objects;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.module.Modules;

/** Completes the ids of modules. */
@Service
public class ModuleIds implements Completer {

    @Reference
    private @Nullable Modules modules;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter ids = new StringsCompleter();
        Objects.requireNonNull(modules).list(Caller.system(Tenants.FIRST)).forEach(module -> ids.getStrings()
                .add(module.id()));
        return ids.complete(session, line, candidates);
    }
}
