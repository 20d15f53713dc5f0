// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.access;

/** What a role may do with one field, from least to most; the more permissive of two roles wins. */
public enum FieldAccess {
    /** Neither seen, nor filtered or sorted by, nor written. */
    HIDDEN,
    /** Seen, not written. */
    READ_ONLY,
    /** Seen and written. */
    FULL;

    /** The more permissive of the two. */
    public FieldAccess or(FieldAccess other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
