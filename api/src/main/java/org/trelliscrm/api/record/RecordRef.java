// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.io.Serializable;

/**
 * Points at a record of any type, across modules; stays, dormant, when the module of that type is removed. In JSON
 * {@code "contact:0h2k9…"}.
 *
 * @param type the name of the record type
 * @param id the record's id
 */
public record RecordRef(String type, long id) implements Serializable {}
