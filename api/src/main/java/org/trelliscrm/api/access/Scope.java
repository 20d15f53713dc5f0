// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.access;

/** How far a right reaches, from narrow to wide; the wider of two roles wins. */
public enum Scope {
    /** Not at all. */
    NONE,
    /** Records that the user owns. */
    OWN,
    /** Records of the user's teams and of the teams below them, and the user's own. */
    TEAM,
    /** Every record of the tenant. */
    ALL;

    /** The wider of the two. */
    public Scope or(Scope other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
