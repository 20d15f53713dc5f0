// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.util.Set;
import javax.ws.rs.core.Application;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationBase;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsName;
import org.trelliscrm.runtime.events.EventResource;
import org.trelliscrm.runtime.jobs.JobResource;
import org.trelliscrm.runtime.jobs.ScheduleResource;
import org.trelliscrm.runtime.once.OnceOnly;
import org.trelliscrm.runtime.openapi.OpenApiResource;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.transfer.ImportResource;
import org.trelliscrm.runtime.webhooks.WebhookResource;

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
            @Reference OnceOnly once,
            @Reference Problems problems,
            @Reference RecordResource records,
            @Reference SessionResource session,
            @Reference TypeResource types,
            @Reference ModuleResource modules,
            @Reference JobResource jobs,
            @Reference ImportResource imports,
            @Reference OpenApiResource openApi,
            @Reference ChangeSetResource changeSets,
            @Reference HistoryResource history,
            @Reference AuditResource audit,
            @Reference ScheduleResource schedules,
            @Reference WebhookResource webhooks,
            @Reference EventResource events,
            @Reference CustomFieldResource customFields) {
        singletons = Set.of(
                new SecurityFilter(gate, once),
                once,
                new ProblemMapper(problems),
                new JsonWriter(),
                new ResponseHeaders(),
                records,
                session,
                types,
                modules,
                jobs,
                imports,
                openApi,
                changeSets,
                history,
                audit,
                schedules,
                webhooks,
                events,
                customFields);
    }

    @Override
    public Set<Object> getSingletons() {
        return singletons;
    }
}
