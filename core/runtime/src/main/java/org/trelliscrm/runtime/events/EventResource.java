// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.events;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.Cookie;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import javax.ws.rs.sse.OutboundSseEvent;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.runtime.feed.Topic;
import org.trelliscrm.runtime.rest.Callers;
import org.trelliscrm.runtime.rest.QueryParameters;
import org.trelliscrm.runtime.security.Gate;
import org.trelliscrm.runtime.security.Gate.Credentials;

/** {@code GET /api/events}: tells of changes while the connection is open. */
@Component(service = EventResource.class)
@Path("/events")
public class EventResource {

    private static final int MOST_TOPICS = 50;

    private final EventStreams streams;

    @Activate
    public EventResource(@Reference EventStreams streams) {
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void watch(
            @Context SecurityContext security,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context SseEventSink sink,
            @Context Sse sse) {
        Caller caller = Callers.of(security);
        List<String> topics = topics(uri);
        OptionalLong seen = seen(headers.getHeaderString("Last-Event-ID"));
        streams.requireRoom(caller);
        Cookie session = headers.getCookies().get(Gate.COOKIE);
        Credentials credentials = new Credentials(
                "GET",
                headers.getHeaderString(HttpHeaders.AUTHORIZATION),
                session == null ? null : session.getValue(),
                null);
        streams.add(new SinkLine(sink, sse), credentials, caller, topics, seen);
    }

    private static List<String> topics(UriInfo uri) {
        QueryParameters query = new QueryParameters(uri, Set.of("topics"));
        List<String> topics = query.names("topics");
        if (topics.isEmpty() || topics.size() > MOST_TOPICS) {
            throw new Invalid("events.topics", Map.of("max", MOST_TOPICS));
        }
        topics.stream().filter(topic -> !Topic.isWish(topic)).findFirst().ifPresent(topic -> {
            throw new Invalid("webhook.notATopic", Map.of("value", topic));
        });
        return topics;
    }

    private static OptionalLong seen(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return OptionalLong.empty();
        }
        if (!lastEventId.matches("[0-9]{1,18}")) {
            throw new Invalid("events.lastEventId", Map.of());
        }
        return OptionalLong.of(Long.parseLong(lastEventId));
    }

    /** A stream of JAX-RS. */
    private record SinkLine(SseEventSink sink, Sse sse) implements Watcher.Line {

        @Override
        public CompletionStage<?> send(@Nullable String name, long id, String data) {
            OutboundSseEvent.Builder event = sse.newEventBuilder().id(Long.toString(id));
            if (name != null) {
                event.name(name);
            }
            if (data.isEmpty()) {
                event.comment("still here");
            } else {
                event.mediaType(MediaType.TEXT_PLAIN_TYPE).data(String.class, data);
            }
            return sink.send(event.build());
        }

        @Override
        public boolean isClosed() {
            return sink.isClosed();
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
