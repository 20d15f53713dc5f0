// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.modules;

import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.module.Modules;

/** Installing and removing modules as jobs; there is one component for each of the two. */
public abstract class ModuleJob implements Job {

    public static final String INSTALL = "module-install";
    public static final String REMOVE = "module-remove";

    private final String kind;

    ModuleJob(String kind) {
        this.kind = kind;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public boolean isBrief() {
        return true;
    }

    abstract Modules.Info act(JobContext context, String module);

    @Override
    public Map<String, Object> run(JobContext context) {
        context.progress(0, 1);
        Modules.Info module = act(context, (String) context.input().get("module"));
        context.progress(1, 1);
        return Map.of(
                "module",
                module.id(),
                "version",
                module.version(),
                "state",
                module.state().name().toLowerCase(Locale.ROOT));
    }

    /** Installs. */
    @Component(service = Job.class)
    public static final class Install extends ModuleJob {

        private final Modules modules;

        @Activate
        public Install(@Reference Modules modules) {
            super(INSTALL);
            this.modules = modules;
        }

        @Override
        Modules.Info act(JobContext context, String module) {
            return modules.install(context.caller(), module);
        }
    }

    /** Removes. */
    @Component(service = Job.class)
    public static final class Remove extends ModuleJob {

        private final Modules modules;

        @Activate
        public Remove(@Reference Modules modules) {
            super(REMOVE);
            this.modules = modules;
        }

        @Override
        Modules.Info act(JobContext context, String module) {
            return modules.remove(context.caller(), module);
        }
    }
}
