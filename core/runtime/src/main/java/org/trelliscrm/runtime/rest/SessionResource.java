// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Authenticator.Session;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.security.Gate.Credentials;

/** Signing in and out: {@code /api/session}. The only resource that people who are not known reach. */
@Component(service = SessionResource.class)
@Path("/session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    private final Gate gate;

    @Activate
    public SessionResource(@Reference Gate gate) {
        this.gate = gate;
    }

    // A page of another site cannot send JSON without asking first, so it cannot sign anybody in.
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response signIn(@Context HttpServletRequest request, InputStream body) {
        Map<String, Object> given = Body.object(body);
        Session session =
                gate.authenticator().signIn(text(given, "user"), text(given, "password"), request.getRemoteAddr());
        return Response.ok(describe(session))
                .header(HttpHeaders.SET_COOKIE, cookie(session.token(), request.isSecure()))
                .build();
    }

    @GET
    public Response whoAmI(@Context HttpServletRequest request) {
        return Response.ok(describe(session(request))).build();
    }

    @DELETE
    public Response signOut(@Context HttpServletRequest request) {
        gate.session(Credentials.of(request))
                .ifPresent(session -> gate.authenticator().signOut(session.token()));
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie("", false) + "; Max-Age=0")
                .build();
    }

    @PUT
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response changePassword(@Context HttpServletRequest request, InputStream body) {
        Map<String, Object> given = Body.object(body);
        gate.authenticator().changePassword(session(request), text(given, "current"), text(given, "new"));
        return Response.noContent().build();
    }

    private Session session(HttpServletRequest request) {
        return gate.session(Credentials.of(request)).orElseThrow(() -> Denied.unknownCaller("access.signInFirst"));
    }

    private static String text(Map<String, Object> given, String name) {
        if (given.get(name) instanceof String text) {
            return text;
        }
        throw Invalid.field(name, "field.required", Map.of());
    }

    private static String cookie(String token, boolean secure) {
        return Gate.COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    private static Map<String, Object> describe(Session session) {
        Long user = session.caller().user();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user", user == null ? null : Ids.toText(user));
        json.put("name", session.caller().name());
        json.put("language", session.caller().locale().toLanguageTag());
        json.put("timeZone", session.caller().zone().getId());
        json.put("csrf", session.csrf());
        json.put("expires", session.expires().toString());
        json.put("mustChangePassword", session.mustChangePassword());
        return json;
    }
}
