// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import javax.ws.rs.ext.ExceptionMapper;
import javax.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Hands every failure of a resource to {@link Problems}, with the language of the one who asked. */
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {

    private final Problems problems;

    // Set by JAX-RS to proxies that stand for the request at hand.
    @Context
    private @Nullable UriInfo uri;

    @Context
    private @Nullable HttpHeaders headers;

    @Context
    private @Nullable SecurityContext security;

    ProblemMapper(Problems problems) {
        this.problems = problems;
    }

    @Override
    @SuppressWarnings("NullAway") // set by JAX-RS
    public Response toResponse(Throwable exception) {
        return problems.response(exception, Languages.of(uri, headers, security));
    }
}
