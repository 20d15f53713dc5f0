// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A named verb on a record, like {@code win} on a deal. One service of this kind gives {@code POST
 * /api/<collection>/{id}/actions/<name>}, the permission {@code <type>:<name>}, and the button. Registered by modules, for
 * types of their own; called by the runtime inside a transaction, after the right has been checked.
 *
 * <p>Texts: {@code action.<type>.<name>}, and {@code action.<type>.<name>.<parameter>}.
 */
@ConsumerType
public interface RecordAction<T extends BaseRecord> {

    /** The type on whose records it acts. */
    Class<T> type();

    /** The verb, lower case with hyphens. */
    String name();

    /** What it needs to be told; checked by the runtime before {@link #run}. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /**
     * Acts. What it changes on the record is saved, checked and recorded like any other change.
     *
     * @param input the parameters by name, as {@code String}, {@code Boolean} or {@code BigDecimal}
     * @return what the caller shall see besides the record, JSON-shaped; usually empty
     */
    Map<String, Object> run(T record, Map<String, Object> input, RecordTransaction transaction);

    /**
     * What an action needs to be told.
     *
     * @param name its name in JSON
     * @param kind what it is
     * @param required whether the action is refused without it
     */
    record Parameter(String name, Kind kind, boolean required) {

        /** The kinds of parameters. */
        public enum Kind {
            TEXT,
            NUMBER,
            BOOLEAN
        }
    }
}
