// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.once;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Json;
import org.trelliscrm.runtime.once.HashedBody.Fingerprint;
import org.trelliscrm.runtime.once.KeyTable.Done;
import org.trelliscrm.runtime.records.RecordService;
import org.trelliscrm.runtime.rest.ComeBack;

/**
 * {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header-07): a POST that is sent again is not done again but
 * answered again. Two with one key at the same time are told apart in memory here, and between nodes by the database.
 */
@Provider
@Component(service = OnceOnly.class)
public class OnceOnly implements ContainerResponseFilter {

    public static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    static final Duration KEPT = Duration.ofHours(24);

    /** A longer answer is not kept; the record is read again. */
    static final int MAX_ANSWER = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(OnceOnly.class);
    private static final String CLAIM = Claim.class.getName();

    private final KeyTable table;
    private final RecordService records;
    private final Clock clock;
    private final Set<OnceKey> running = ConcurrentHashMap.newKeySet();

    @Activate
    public OnceOnly(@Reference KeyTable table, @Reference RecordService records, @Reference Clock clock) {
        this.table = table;
        this.records = records;
        this.clock = clock;
    }

    /** Lets a request of a known caller pass, or answers it from memory. */
    public void begin(ContainerRequestContext request, Caller caller) {
        // Whatever became of the request that this thread served before.
        Claim.bind(null);
        String header = request.getHeaderString(HEADER);
        Long user = caller.user();
        if (header == null || user == null || !request.getMethod().equals("POST")) {
            return;
        }
        OnceKey key = OnceKey.parse(caller, user, header);
        if (!running.add(key)) {
            throw new ComeBack(409, Claim.RUNNING, Duration.ofSeconds(1));
        }
        boolean begun = false;
        try {
            HashedBody body = new HashedBody(request.getEntityStream(), head(request));
            Optional<Done> done = find(key);
            if (done.isPresent()) {
                requireSame(body, done.get().fingerprint());
                request.abortWith(again(request, caller, key, done.get()));
            } else {
                request.setEntityStream(body);
                Claim claim = new Claim(key, body);
                request.setProperty(CLAIM, claim);
                Claim.bind(claim);
                begun = true;
            }
        } finally {
            if (!begun) {
                running.remove(key);
            }
        }
    }

    private static String head(ContainerRequestContext request) {
        return request.getMethod() + "\n" + request.getUriInfo().getRequestUri().getRawPath() + "\n"
                + request.getUriInfo().getRequestUri().getRawQuery() + "\n"
                + request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    }

    private Optional<Done> find(OnceKey key) {
        Optional<Done> done = table.find(key);
        if (done.isPresent() && done.get().at().isBefore(clock.instant().minus(KEPT))) {
            table.remove(key);
            return Optional.empty();
        }
        return done;
    }

    private static void requireSame(HashedBody body, Fingerprint expected) {
        try {
            if (!body.finish(expected.length()).filter(expected::equals).isPresent()) {
                throw Invalid.withStatus(422, "idempotency.otherRequest", Map.of());
            }
        } catch (IOException e) {
            throw new Invalid("body.unreadable", Map.of());
        }
    }

    private Response again(ContainerRequestContext request, Caller caller, OnceKey key, Done done) {
        Response.ResponseBuilder response = done.answer() == null
                ? readAgain(request, caller, done)
                : Answer.of(Json.readObject(key.open(done.answer()))).response();
        return response.header(REPLAYED, "true").build();
    }

    /** The answer was too long, or nobody was there any more to give one: the record as it is now. */
    private Response.ResponseBuilder readAgain(ContainerRequestContext request, Caller caller, Done done) {
        String type = done.recordType();
        Long id = done.recordId();
        if (type == null || id == null) {
            throw Invalid.withStatus(409, "idempotency.answerLost", Map.of());
        }
        Map<String, Object> record = records.get(caller, type, id);
        boolean created = request.getUriInfo().getPathSegments().size() == 1;
        Response.ResponseBuilder response = created
                ? Response.created(request.getUriInfo()
                        .getAbsolutePathBuilder()
                        .path(Ids.toText(id))
                        .build())
                : Response.ok();
        return response.type("application/json")
                .header(HttpHeaders.ETAG, "\"" + record.get("version") + "\"")
                .entity(record);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(CLAIM) instanceof Claim claim) {
            Claim.bind(null);
            try {
                keep(claim, Answer.of(response));
            } catch (IOException | DatabaseException e) {
                // The work is done and its answer must not be lost; a retry reads the record again, or does the rest
                // again.
                LOG.warn("the answer under an idempotency key could not be kept: {}", e.toString());
            } finally {
                running.remove(claim.key());
            }
        }
    }

    private void keep(Claim claim, Answer answer) throws IOException {
        String text = answer.isJson() ? Json.write(answer.json()) : null;
        String sealed =
                text == null || text.length() > MAX_ANSWER ? null : claim.key().seal(text);
        if (claim.isCommitted()) {
            if (sealed != null && answer.isFinal()) {
                table.answered(claim.key(), sealed);
            }
        } else if (answer.isFinal()) {
            Optional<Fingerprint> fingerprint = claim.fingerprint();
            if (fingerprint.isPresent()) {
                table.insert(claim.key(), new Done(fingerprint.get(), null, null, sealed, clock.instant()));
            }
        }
    }

    /** Forgets what is older than a day. */
    void sweep() {
        table.removeBefore(clock.instant().minus(KEPT));
    }

    /** An answer as it is kept. */
    private record Answer(
            int status,
            @Nullable String location,
            @Nullable String etag,
            @Nullable String mediaType,
            @Nullable Object body) {

        static Answer of(ContainerResponseContext response) {
            return new Answer(
                    response.getStatus(),
                    response.getHeaderString(HttpHeaders.LOCATION),
                    response.getHeaderString(HttpHeaders.ETAG),
                    response.getMediaType() == null
                            ? null
                            : response.getMediaType().toString(),
                    response.getEntity());
        }

        static Answer of(Map<String, Object> json) {
            return new Answer(
                    (int) json.get("status"),
                    (String) json.get("location"),
                    (String) json.get("etag"),
                    (String) json.get("mediaType"),
                    json.get("body"));
        }

        Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("status", status);
            json.put("location", location);
            json.put("etag", etag);
            json.put("mediaType", mediaType);
            json.put("body", body);
            return json;
        }

        /** Whether it can be kept at all: a stream is gone when it is sent. */
        boolean isJson() {
            return body == null || body instanceof Map || body instanceof List;
        }

        /** Whether asking again would give the same: not what is our trouble, comes too early, or met somebody else. */
        boolean isFinal() {
            boolean busy = body instanceof Map<?, ?> problem && "record.busy".equals(problem.get("code"));
            boolean running = body instanceof Map<?, ?> problem && Claim.RUNNING.equals(problem.get("code"));
            return status < 500 && status != 429 && status != 401 && !busy && !running;
        }

        Response.ResponseBuilder response() {
            Response.ResponseBuilder response = Response.status(status);
            if (location != null) {
                response.location(URI.create(location));
            }
            if (etag != null) {
                response.header(HttpHeaders.ETAG, etag);
            }
            return body == null ? response : response.type(mediaType).entity(body);
        }
    }
}
