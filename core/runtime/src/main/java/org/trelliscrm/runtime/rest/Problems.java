// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Throttled;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.problem.Problem;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.texts.Texts;

/**
 * Turns whatever went wrong into {@code application/problem+json} (RFC 9457) in the caller's language: the only place that
 * does. What nobody expected is logged once with an incident id, and only that id is told.
 */
@Component(service = Problems.class)
public class Problems {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final List<String> POINTERS = List.of("position", "length", "found", "expected");
    private static final int SECONDS_TO_WAIT = 5;

    private final Texts texts;

    @Activate
    public Problems(@Reference Texts texts) {
        this.texts = texts;
    }

    /** The answer to a request that failed. */
    Response response(Throwable exception, Locale language) {
        if (exception instanceof WebApplicationException web) {
            return fromJaxRs(web, language);
        }
        Map<String, Object> body = describe(exception, language);
        Response.ResponseBuilder response =
                Response.status((int) body.get("status")).type(MEDIA_TYPE).entity(body);
        headers(exception, body).forEach(response::header);
        return response.build();
    }

    /** What the answer says beside its body: when to come back, how to prove who one is. */
    Map<String, String> headers(Throwable exception, Map<String, Object> body) {
        if (exception instanceof Throttled throttled) {
            return Map.of(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, throttled.retryAfter().toSeconds())));
        }
        if (exception instanceof ComeBack later) {
            return Map.of(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, later.after().toSeconds())));
        }
        return switch ((int) body.get("status")) {
            case 503 -> Map.of(HttpHeaders.RETRY_AFTER, Integer.toString(SECONDS_TO_WAIT));
            case 401 -> Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            default -> Map.of();
        };
    }

    /** A failure in words, as the members of {@code problem+json}. */
    public Map<String, Object> describe(Throwable exception, Locale language) {
        if (exception instanceof Problem problem) {
            return describe(problem, language);
        }
        if (DatabaseException.isAway(exception)) {
            LOG.warn("the database is away: {}", exception.getMessage());
            return body(503, "database.away", Map.of(), language);
        }
        String incident = UUID.randomUUID().toString();
        LOG.error("incident {}", incident, new Incident(exception));
        return body(500, "system.incident", Map.of("incident", incident), language);
    }

    private Map<String, Object> describe(Problem problem, Locale language) {
        Map<String, Object> body = body(problem.status(), problem.code(), problem.arguments(), language);
        if (problem instanceof Invalid invalid && !invalid.fields().isEmpty()) {
            List<Object> fields = new ArrayList<>();
            for (Invalid.FieldProblem field : invalid.fields()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("field", field.path());
                one.put("code", field.code());
                one.put("message", texts.text("problem." + field.code(), language, field.arguments()));
                point(field.arguments(), one);
                fields.add(one);
            }
            body.put("errors", fields);
        }
        return body;
    }

    private Map<String, Object> body(int status, String code, Map<String, Object> arguments, Locale language) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", texts.text("problem." + code, language, arguments));
        body.put("status", status);
        body.put("code", code);
        point(arguments, body);
        return body;
    }

    /** What programs need beside the words: the incident, or the place in a text that was sent. */
    private static void point(Map<String, Object> arguments, Map<String, Object> body) {
        if (arguments.get("incident") instanceof String incident) {
            body.put("incident", incident);
        }
        if (arguments.containsKey("position")) {
            POINTERS.stream().filter(arguments::containsKey).forEach(name -> body.put(name, arguments.get(name)));
        }
    }

    private Response fromJaxRs(WebApplicationException web, Locale language) {
        int status = web.getResponse().getStatus();
        if (status < 400) {
            return web.getResponse();
        }
        if (status >= 500) {
            return response(new IllegalStateException("the JAX-RS runtime failed", web.getCause()), language);
        }
        return Response.fromResponse(web.getResponse())
                .type(MEDIA_TYPE)
                .entity(body(status, "http." + status, Map.of(), language))
                .build();
    }

    /**
     * The text of an exception and where it came from, without the exception itself: log buffers keep what they are given,
     * and an exception can hold the classes of a module that has long been removed.
     */
    private static final class Incident extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Incident(Throwable exception) {
            super(
                    exception.toString(),
                    exception.getCause() == null ? null : new Incident(exception.getCause()),
                    false,
                    true);
            setStackTrace(exception.getStackTrace());
        }
    }
}
