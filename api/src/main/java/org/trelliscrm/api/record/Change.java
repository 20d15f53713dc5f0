// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the change feed: what happened to one record in one transaction.
 *
 * @param position its place in the feed; grows, without order of time between transactions that ran side by side
 * @param tenant whose record
 * @param type the name of the record type
 * @param record the record's id
 * @param verb {@code create}, {@code update}, {@code trash}, {@code restore}, or the name of the action
 * @param actor the user who did it, {@code null} for the system
 * @param at when
 * @param changeSet what it belongs to, for example one import; {@code null} if it stands alone
 * @param fields the fields that changed, JSON-shaped, each {@code [before, after]}
 */
public record Change(
        long position,
        int tenant,
        String type,
        long record,
        String verb,
        @Nullable Long actor,
        Instant at,
        @Nullable Long changeSet,
        Map<String, FieldChange> fields) {

    /**
     * What became of one field.
     *
     * @param before the value before, JSON-shaped
     * @param after the value since, JSON-shaped
     */
    public record FieldChange(@Nullable Object before, @Nullable Object after) {}
}
