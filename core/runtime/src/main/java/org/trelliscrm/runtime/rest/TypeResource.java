// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.records.TypeDescriptions;

/** {@code GET /api/types}: what kinds of records there are, with labels in the asked language, as far as the caller may know. */
@Component(service = TypeResource.class)
@Path("/types")
@Produces(MediaType.APPLICATION_JSON)
public class TypeResource {

    private final TypeDescriptions descriptions;

    @Activate
    public TypeResource(@Reference TypeDescriptions descriptions) {
        this.descriptions = descriptions;
    }

    @GET
    public Response types(@Context SecurityContext security) {
        return Response.ok(Map.of("items", descriptions.all(Callers.of(security))))
                .build();
    }
}
