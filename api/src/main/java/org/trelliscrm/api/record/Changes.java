// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What one save changes, as a {@link RecordHook} sees it. */
@ProviderType
public interface Changes {

    /** Whether the record is being created. */
    boolean isNew();

    /** Whether the field has another value than in the database; on creation, whether it has one at all. */
    boolean has(String field);

    /** The value in the database, in the field's Java type; {@code null} if there was none. */
    @Nullable
    Object before(String field);

    /** The names of the fields that changed. */
    Set<String> fields();
}
