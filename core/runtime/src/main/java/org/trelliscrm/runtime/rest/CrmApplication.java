// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.util.Set;
import javax.ws.rs.core.Application;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationBase;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsName;
import org.trelliscrm.runtime.jobs.JobResource;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.transfer.ImportResource;

/**
 * The one JAX-RS application under {@code /api}. It is complete when it is registered and never changes: the whiteboard would
 * tear it down and build it anew for every resource or extension that comes or goes.
 */
@Component(service = Application.class)
@JaxrsApplicationBase("/api")
@JaxrsName("crm")
public class CrmApplication extends Application {

    private final Set<Object> singletons;

    @Activate
    public CrmApplication(
            @Reference Gate gate,
            @Reference Problems problems,
            @Reference RecordResource records,
            @Reference SessionResource session,
            @Reference TypeResource types,
            @Reference ModuleResource modules,
            @Reference JobResource jobs,
            @Reference ImportResource imports,
            @Reference CustomFieldResource customFields) {
        singletons = Set.of(
                new SecurityFilter(gate),
                new ProblemMapper(problems),
                new JsonWriter(),
                new ResponseHeaders(),
                records,
                session,
                types,
                modules,
                jobs,
                imports,
                customFields);
    }

    @Override
    public Set<Object> getSingletons() {
        return singletons;
    }
}
