// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.openapi;

import java.util.HexFormat;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.Digests;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.rest.Callers;

/** {@code GET /api/openapi.json}: all that the API has for this caller just now, as OpenAPI 3.0.3. */
@Component(service = OpenApiResource.class)
@Path("/openapi.json")
@Produces(MediaType.APPLICATION_JSON)
public class OpenApiResource {

    private final OpenApi openApi;

    @Activate
    public OpenApiResource(@Reference OpenApi openApi) {
        this.openApi = openApi;
    }

    @GET
    public Response get(
            @Context SecurityContext security, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        var document = openApi.document(Callers.of(security));
        String tag = "\"" + HexFormat.of().formatHex(Digests.sha256().digest(Json.bytes(document)), 0, 16) + "\"";
        Response.ResponseBuilder response = tag.equals(ifNoneMatch) ? Response.notModified() : Response.ok(document);
        return response.header(HttpHeaders.ETAG, tag).build();
    }
}
