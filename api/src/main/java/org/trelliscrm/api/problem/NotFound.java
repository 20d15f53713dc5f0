// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.problem;

import java.util.Map;

/** The thing does not exist, or the caller may not know that it does (404). */
public final class NotFound extends Problem {

    private static final long serialVersionUID = 1L;

    public NotFound(String code, Map<String, ?> arguments) {
        super(404, code, arguments);
    }

    /** No record of this type has this id, as far as the caller may see. */
    public static NotFound record(String type, String id) {
        return new NotFound("record.notFound", Map.of("type", type, "id", id));
    }
}
