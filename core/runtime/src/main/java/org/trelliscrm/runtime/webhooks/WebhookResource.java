// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.NotFound;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.rest.Body;
import org.trelliscrm.runtime.rest.Callers;
import org.trelliscrm.runtime.rest.QueryParameters;
import org.trelliscrm.runtime.texts.Texts;

/** {@code /api/webhooks}: who outside is told of what, and what became of it. */
@Component(service = WebhookResource.class)
@Path("/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public class WebhookResource {

    private final Webhooks webhooks;
    private final Texts texts;

    @Activate
    public WebhookResource(@Reference Webhooks webhooks, @Reference Texts texts) {
        this.webhooks = webhooks;
        this.texts = texts;
    }

    @GET
    public Response list(@Context SecurityContext context) {
        Caller caller = Callers.of(context);
        return Response.ok(Map.of(
                        "items",
                        webhooks.list(caller).stream()
                                .map(webhook -> json(webhook, caller.locale()))
                                .toList()))
                .build();
    }

    @POST
    public Response create(@Context SecurityContext context, @Context UriInfo uri, InputStream body) {
        Caller caller = Callers.of(context);
        Webhook webhook = webhooks.create(caller, Body.object(body));
        return Response.created(uri.getBaseUriBuilder()
                        .path("webhooks")
                        .path(Ids.toText(webhook.id()))
                        .build())
                .entity(withSecret(webhook, caller.locale()))
                .build();
    }

    @GET
    @Path("{id}")
    public Response get(@Context SecurityContext context, @PathParam("id") String id) {
        Caller caller = Callers.of(context);
        return Response.ok(json(webhooks.get(caller, id(id)), caller.locale())).build();
    }

    @PATCH
    @Path("{id}")
    public Response update(@Context SecurityContext context, @PathParam("id") String id, InputStream body) {
        Caller caller = Callers.of(context);
        return Response.ok(json(webhooks.update(caller, id(id), Body.object(body)), caller.locale()))
                .build();
    }

    @DELETE
    @Path("{id}")
    public Response delete(@Context SecurityContext context, @PathParam("id") String id) {
        webhooks.delete(Callers.of(context), id(id));
        return Response.noContent().build();
    }

    @POST
    @Path("{id}/rotate-secret")
    public Response rotateSecret(@Context SecurityContext context, @PathParam("id") String id) {
        Caller caller = Callers.of(context);
        return Response.ok(withSecret(webhooks.rotateSecret(caller, id(id)), caller.locale()))
                .build();
    }

    @POST
    @Path("{id}/test")
    public Response test(@Context SecurityContext context, @PathParam("id") String id) {
        return Response.accepted(json(webhooks.test(Callers.of(context), id(id))))
                .build();
    }

    @GET
    @Path("{id}/deliveries")
    public Response deliveries(@Context SecurityContext context, @Context UriInfo uri, @PathParam("id") String id) {
        QueryParameters query = new QueryParameters(uri, Set.of("state", "limit", "after"));
        int limit = query.limit();
        String after = query.text("after");
        Long before = after == null
                ? null
                : (Long) Ids.fromText(after).orElseThrow(() -> new Invalid("cursor.invalid", Map.of()));
        List<Delivery> found =
                webhooks.deliveries(Callers.of(context), id(id), state(query.text("state")), before, limit + 1);
        List<Delivery> page = found.size() > limit ? found.subList(0, limit) : found;
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("items", page.stream().map(WebhookResource::json).toList());
        body.put("next", found.size() > limit ? Ids.toText(page.get(limit - 1).id()) : null);
        return Response.ok(body).build();
    }

    private static Delivery.@Nullable State state(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(Delivery.State.values())
                .filter(state -> state.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new Invalid("webhook.unknownState", Map.of("state", text)));
    }

    @POST
    @Path("{id}/deliveries/{delivery}/replay")
    public Response replay(
            @Context SecurityContext context, @PathParam("id") String id, @PathParam("delivery") String delivery) {
        long which =
                Ids.fromText(delivery).orElseThrow(() -> new NotFound("webhook.noDelivery", Map.of("id", delivery)));
        return Response.accepted(json(webhooks.replay(Callers.of(context), id(id), which)))
                .build();
    }

    private Map<String, @Nullable Object> withSecret(Webhook webhook, Locale language) {
        Map<String, @Nullable Object> json = json(webhook, language);
        json.put("secret", webhook.secret());
        return json;
    }

    private Map<String, @Nullable Object> json(Webhook webhook, Locale language) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", Ids.toText(webhook.id()));
        json.put("url", webhook.url());
        json.put("topics", webhook.topics());
        json.put("active", webhook.active());
        String because = webhook.pausedBecause();
        json.put("pausedBecause", because == null ? null : texts.text("problem." + because, language, Map.of()));
        json.put("user", Ids.toText(webhook.user()));
        json.put("createdAt", webhook.createdAt().toString());
        return json;
    }

    private static Map<String, @Nullable Object> json(Delivery delivery) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", Ids.toText(delivery.id()));
        json.put("topic", delivery.topic());
        json.put("record", delivery.isTest() ? null : Ids.toText(delivery.record()));
        json.put("state", delivery.state().text());
        json.put("attempts", delivery.attempts());
        json.put("createdAt", delivery.createdAt().toString());
        json.put(
                "nextAttempt",
                delivery.state() == Delivery.State.WAITING
                        ? delivery.nextAttempt().toString()
                        : null);
        Instant ended = delivery.endedAt();
        json.put("endedAt", ended == null ? null : ended.toString());
        json.put("status", delivery.status());
        json.put("answer", delivery.answer());
        return json;
    }

    private static long id(String text) {
        return Ids.fromText(text).orElseThrow(() -> new NotFound("webhook.notFound", Map.of("id", text)));
    }
}
