// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.rest;

import java.util.List;
import java.util.Locale;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.rest.Callers.CallerPrincipal;
import org.trelliscrm.runtime.texts.Texts;

/** In which language to answer: what {@code ?lang=} says, else what the user chose, else what the browser prefers. */
final class Languages {

    private Languages() {}

    static Locale of(UriInfo uri, HttpHeaders headers, SecurityContext security) {
        String asked = uri.getQueryParameters().getFirst("lang");
        if (asked != null) {
            return closest(asked);
        }
        if (security.getUserPrincipal() instanceof CallerPrincipal principal) {
            return principal.caller().locale();
        }
        return closest(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    static Locale closest(@Nullable String ranges) {
        try {
            return Texts.closest(ranges == null || ranges.isBlank() ? List.of() : Locale.LanguageRange.parse(ranges));
        } catch (IllegalArgumentException e) {
            // A language that is none is answered in English, not with an error.
            return Locale.ENGLISH;
        }
    }
}
